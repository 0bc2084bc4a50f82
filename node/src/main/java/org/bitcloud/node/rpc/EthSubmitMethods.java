package org.bitcloud.node.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Map;
import java.util.function.Predicate;
import org.bitcloud.chain.ChainView;
import org.bitcloud.chain.pool.Mempool;
import org.bitcloud.chain.pool.MempoolVerdict;
import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.tx.SignedTransaction;
import org.bitcloud.primitives.tx.TransactionException;

/// `eth_` methods that take transactions and tell who is there.
final class EthSubmitMethods {
  private final ChainView chain;
  private final Mempool pool;
  private final Predicate<Address> barred;

  /// @param barred senders whose transactions are not taken
  EthSubmitMethods(ChainView chain, Mempool pool, Predicate<Address> barred) {
    this.chain = chain;
    this.pool = pool;
    this.barred = barred;
  }

  void register(Map<String, RpcMethod> methods) {
    methods.put("eth_chainId", _ -> Json.quantity(chain.genesis().chainId()));
    methods.put("eth_sendRawTransaction", this::sendRaw);
    methods.put("eth_accounts", _ -> JsonNodeFactory.instance.arrayNode()); // keys live in wallets
    methods.put("eth_syncing", _ -> BooleanNode.FALSE);
    methods.put("eth_protocolVersion", _ -> Json.text("0x44"));
  }

  private JsonNode sendRaw(RpcParams params) throws RpcException {
    SignedTransaction transaction;
    try {
      transaction = SignedTransaction.decode(params.bytes(0, "transaction"));
      if (barred.test(transaction.sender())) {
        throw RpcException.rule(
            "the key of %s is a devnet key that everybody knows: it is not taken here"
                .formatted(transaction.sender().checksum()),
            "WELL_KNOWN_KEY");
      }
    } catch (TransactionException e) {
      throw RpcException.rule(String.valueOf(e.getMessage()), e.rule().name());
    }
    return switch (pool.submit(transaction)) {
      case MempoolVerdict.Added _ -> Json.data(transaction.hash());
      case MempoolVerdict.Refused refused ->
          throw RpcException.rule(refused.message(), refused.rule().name());
    };
  }
}

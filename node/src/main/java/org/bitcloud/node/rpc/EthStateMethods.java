package org.bitcloud.node.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.bitcloud.chain.ChainView;
import org.bitcloud.chain.HistoryException;
import org.bitcloud.chain.block.BlockHeader;
import org.bitcloud.chain.pool.Mempool;
import org.bitcloud.chain.state.StateView;
import org.bitcloud.contracts.Account;
import org.bitcloud.contracts.BlockContext;
import org.bitcloud.contracts.CallResult;
import org.bitcloud.contracts.Corporation;
import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;

/// `eth_` methods that read accounts and run calls without a transaction.
final class EthStateMethods {
  private final ChainView chain;
  private final Mempool pool;
  private final InstantSource clock;
  private final BlockSelector blocks;

  EthStateMethods(ChainView chain, Mempool pool, InstantSource clock) {
    this.chain = chain;
    this.pool = pool;
    this.clock = clock;
    this.blocks = new BlockSelector(chain);
  }

  void register(Map<String, RpcMethod> methods) {
    methods.put(
        "eth_getBalance",
        params ->
            Json.quantity(account(params.address(0, "address"), params.optional(1)).balance()));
    methods.put("eth_getTransactionCount", this::transactionCount);
    methods.put("eth_getCode", this::code);
    methods.put("eth_getStorageAt", this::storageAt);
    methods.put("eth_call", this::call);
    methods.put("eth_estimateGas", this::estimateGas);
    methods.put("eth_createAccessList", this::createAccessList);
  }

  private JsonNode transactionCount(RpcParams params) throws RpcException {
    Address address = params.address(0, "address");
    return BlockSelector.isPending(params.optional(1))
        ? Json.quantity(pool.pendingNonce(address))
        : Json.quantity(account(address, params.optional(1)).nonce());
  }

  /// Corporations have no byte code; a marker tells wallets that the address is no person.
  private JsonNode code(RpcParams params) throws RpcException {
    blocks.require(params.optional(1));
    return Json.data(
        chain
            .rules()
            .corporation(params.address(0, "address"))
            .map(Corporation::marker)
            .orElse(Bytes.EMPTY));
  }

  private JsonNode storageAt(RpcParams params) throws RpcException {
    params.address(0, "address");
    var _ = Json.amount(params.required(1, "position"), "position");
    blocks.require(params.optional(2));
    return Json.data(Hash.ZERO); // the state has no EVM slots; see bitcloud_getProof
  }

  private Account account(Address address, Optional<JsonNode> block) throws RpcException {
    BlockHeader header = blocks.require(block);
    if (header.height().equals(chain.head().height())) {
      return chain.account(address);
    }
    try (StateView state = chain.stateAt(header.height())) {
      return Account.of(state::get, address);
    } catch (HistoryException e) {
      throw RpcException.of(RpcException.RESOURCE, String.valueOf(e.getMessage()));
    }
  }

  private JsonNode call(RpcParams params) throws RpcException {
    return Json.data(run(params).output());
  }

  private JsonNode estimateGas(RpcParams params) throws RpcException {
    return Json.quantity(run(params).gasUsed());
  }

  private JsonNode createAccessList(RpcParams params) throws RpcException {
    ObjectNode node = RpcDispatcher.JSON.createObjectNode();
    node.putArray("accessList"); // nothing is cheaper here for being announced
    node.set("gasUsed", Json.quantity(run(params).gasUsed()));
    return node;
  }

  private CallResult run(RpcParams params) throws RpcException {
    if (params.optional(2).filter(overrides -> !overrides.isEmpty()).isPresent()) {
      throw RpcException.params("state overrides are not supported");
    }
    CallRequest call = CallRequest.of(params.object(0, "call"));
    BlockHeader header = blocks.require(params.optional(1));
    boolean onHead = header.height().equals(chain.head().height());
    BlockContext context =
        onHead
            ? chain.pendingContext(
                Math.max(clock.millis(), header.timeMillis() + 1), header.proposer())
            : chain.contextOf(header);
    long gas = call.gas() == 0 ? header.gasLimit() : Math.min(call.gas(), header.gasLimit());
    try (StateView state = onHead ? chain.latestState() : chain.stateAt(header.height())) {
      CallResult result =
          chain
              .rules()
              .call(state::get, context, call.from(), call.to(), call.value(), call.input(), gas);
      return success(result, gas);
    } catch (HistoryException e) {
      throw RpcException.of(RpcException.RESOURCE, String.valueOf(e.getMessage()));
    }
  }

  private static CallResult success(CallResult result, long gas) throws RpcException {
    return switch (result.status()) {
      case SUCCESS -> result;
      case REVERTED ->
          throw RpcException.reverted(
              "execution reverted: " + result.message(), result.output().toHex());
      case OUT_OF_GAS ->
          throw RpcException.of(
              RpcException.SERVER, "out of gas: gas required exceeds allowance (" + gas + ")");
      case REFUSED -> throw RpcException.of(RpcException.SERVER, result.message());
    };
  }
}

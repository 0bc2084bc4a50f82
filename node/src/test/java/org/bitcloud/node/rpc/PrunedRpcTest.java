package org.bitcloud.node.rpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bitcloud.chain.BuildRequest;
import org.bitcloud.chain.Chain;
import org.bitcloud.chain.ChainOptions;
import org.bitcloud.chain.Commit;
import org.bitcloud.chain.HeaderRules;
import org.bitcloud.chain.block.Block;
import org.bitcloud.chain.block.BlockHeader;
import org.bitcloud.chain.block.Genesis;
import org.bitcloud.chain.pool.AttestationPool;
import org.bitcloud.chain.pool.Mempool;
import org.bitcloud.chain.pool.PoolLimits;
import org.bitcloud.contracts.Corporations;
import org.bitcloud.contracts.Rules;
import org.bitcloud.node.GenesisFile;
import org.bitcloud.node.TestLedgerNode;
import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Amount;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.Height;
import org.bitcloud.primitives.tx.LegacyTransaction;
import org.bitcloud.primitives.tx.SignedTransaction;
import org.bitcloud.store.MemoryStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What a node that keeps three blocks answers when it is asked about older ones.
class PrunedRpcTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int KEPT = 3;
  private static final int BLOCKS = 10;
  private static final String GONE =
      "block 1 is not kept here: this node has blocks and receipts of heights 8 to 10";

  private final Map<String, RpcMethod> methods = new HashMap<>();
  private Chain chain;
  private SignedTransaction first;
  private RpcDispatcher dispatcher;

  @BeforeEach
  void grow() throws Exception {
    Genesis genesis = GenesisFile.embedded("devnet");
    chain =
        Chain.open(
            MemoryStore.open(Chain.columns()),
            genesis,
            Rules.of(
                genesis.chainId(),
                genesis.feeSchedule(),
                Corporations.load(genesis.corporations())),
            HeaderRules.NONE,
            Runnable::run,
            new ChainOptions(1, 16, false, ChainOptions.DEFAULT.stateBytes(), Long.MAX_VALUE)
                .withPrune(KEPT));
    Mempool pool = Mempool.open(chain, PoolLimits.DEFAULT);
    new EthBlockMethods(chain, pool).register(methods);
    new EthFeeMethods(chain).register(methods);
    new EthLogMethods(chain, pool, new SecureRandom()).register(methods);
    new BitcloudMethods(chain, AttestationPool.open(chain)).register(methods);
    dispatcher = new RpcDispatcher(methods, System::nanoTime, RpcObserver.NONE);
    first = transfer(0);
    append(first);
    for (int i = 1; i < BLOCKS; i++) {
      append(transfer(i));
    }
  }

  private SignedTransaction transfer(long nonce) {
    return SignedTransaction.sign(
        new LegacyTransaction(
            chain.genesis().chainId(),
            nonce,
            Amount.of(2_000_000_000L),
            21_000,
            Address.ZERO,
            Amount.of(1),
            Bytes.EMPTY),
        TestLedgerNode.key(0, 1));
  }

  private void append(SignedTransaction transaction) {
    BlockHeader parent = chain.head();
    Iterator<SignedTransaction> rest = List.of(transaction).iterator();
    Block block =
        chain
            .build(
                BuildRequest.on(
                    parent, parent.timeMillis() + 1_000, Address.ZERO, Bytes.of((byte) 0xc0)),
                () -> rest.hasNext() ? Optional.of(rest.next()) : Optional.empty())
            .seal(Bytes.EMPTY);
    assertEquals(1, block.body().transactions().size());
    assertTrue(
        chain.execute(block, Instant.ofEpochMilli(block.header().timeMillis())).isAccepted());
    Hash genesis = chain.hashAt(Height.GENESIS).orElseThrow();
    chain.decide(Commit.switchTo(block.hash(), genesis, genesis));
  }

  private JsonNode answer(String method, String params) throws Exception {
    byte[] body =
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"%s\",\"params\":%s}"
            .formatted(method, params)
            .getBytes(StandardCharsets.UTF_8);
    return JSON.readTree(dispatcher.answer(body).orElseThrow());
  }

  private void assertGone(String method, String params) throws Exception {
    JsonNode error = answer(method, params).path("error");
    assertEquals(RpcException.RESOURCE, error.path("code").asInt(), method);
    assertEquals(GONE, error.path("message").asText(), method);
  }

  @Test
  void questionsAboutDroppedBlocksAreErrorsThatNameWhatIsKept() throws Exception {
    String hash = chain.hashAt(new Height(1)).orElseThrow().toHex();
    String transaction = first.hash().toHex();
    assertGone("eth_getBlockByNumber", "[\"0x1\",false]");
    assertGone("eth_getBlockByHash", "[\"" + hash + "\",true]");
    assertGone("eth_getBlockTransactionCountByNumber", "[\"0x1\"]");
    assertGone("eth_getBlockReceipts", "[\"0x1\"]");
    assertGone("eth_getTransactionByBlockNumberAndIndex", "[\"0x1\",\"0x0\"]");
    assertGone("eth_getTransactionByHash", "[\"" + transaction + "\"]");
    assertGone("eth_getRawTransactionByHash", "[\"" + transaction + "\"]");
    assertGone("eth_getTransactionReceipt", "[\"" + transaction + "\"]");
    assertGone("bitcloud_exportBlock", "[\"0x1\"]");
    JsonNode logs = answer("eth_getLogs", "[{\"fromBlock\":\"0x1\",\"toBlock\":\"latest\"}]");
    assertTrue(logs.path("error").path("message").asText().contains("from height 8 on"), "" + logs);
  }

  @Test
  void whatIsKeptAndWhatNeverWasIsAnsweredAsAlways() throws Exception {
    assertEquals(
        "0x9", answer("eth_getBlockByNumber", "[\"0x9\",false]").at("/result/number").asText());
    assertEquals(
        "0x0",
        answer("eth_getBlockByNumber", "[\"earliest\",false]").at("/result/number").asText());
    assertTrue(answer("eth_getBlockByNumber", "[\"0x99\",false]").path("result").isNull());
    String unknown = "[\"0x" + "11".repeat(32) + "\"]";
    assertTrue(answer("eth_getTransactionReceipt", unknown).path("result").isNull());
    assertEquals(
        "0x8",
        answer("eth_feeHistory", "[\"0x400\",\"latest\",[]]").at("/result/oldestBlock").asText());
  }
}

package org.bitcloud.node.rpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bitcloud.chain.BuildRequest;
import org.bitcloud.chain.Chain;
import org.bitcloud.chain.Commit;
import org.bitcloud.chain.HeaderRules;
import org.bitcloud.chain.block.Block;
import org.bitcloud.chain.block.BlockHeader;
import org.bitcloud.chain.block.Genesis;
import org.bitcloud.chain.pool.Mempool;
import org.bitcloud.chain.pool.PoolLimits;
import org.bitcloud.contracts.Corporations;
import org.bitcloud.contracts.Rules;
import org.bitcloud.contracts.storage.StorageAbi;
import org.bitcloud.node.GenesisFile;
import org.bitcloud.node.TestLedgerNode;
import org.bitcloud.node.http.WebSocketSession;
import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Amount;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.Height;
import org.bitcloud.primitives.crypto.Keccak;
import org.bitcloud.primitives.tx.LegacyTransaction;
import org.bitcloud.primitives.tx.SignedTransaction;
import org.bitcloud.store.MemoryStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What clients hear of logs when the chain leaves the branch that they heard of.
class UndoneLogsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Bytes DEPOSIT = Keccak.hash(Bytes.ofUtf8("deposit()")).bytes().slice(0, 4);

  private final List<JsonNode> heard = new ArrayList<>();
  private final Map<String, RpcMethod> methods = new HashMap<>();
  private Chain chain;
  private RpcDispatcher dispatcher;

  @BeforeEach
  void open() throws Exception {
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
            Runnable::run);
    Mempool pool = Mempool.open(chain, PoolLimits.DEFAULT);
    new EthLogMethods(chain, pool, new SecureRandom()).register(methods);
    dispatcher = new RpcDispatcher(methods, System::nanoTime, RpcObserver.NONE);
    grow(chain.head());
    WebSocketSession session =
        new WebSocketSession() {
          @Override
          public void send(String text) {
            try {
              JsonNode message = JSON.readTree(text);
              if (message.has("params")) {
                heard.add(message.path("params").path("result"));
              }
            } catch (IOException e) {
              throw new AssertionError(e);
            }
          }

          @Override
          public void close() {}
        };
    new Subscriptions(dispatcher, chain, pool, new SecureRandom(), session, () -> {})
        .onText(request("eth_subscribe", "[\"logs\",{\"address\":\"%s\"}]"));
  }

  private static String request(String method, String params) {
    return "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"%s\",\"params\":%s}"
        .formatted(method, params.replace("%s", StorageAbi.ADDRESS.bytes().toHex()));
  }

  private JsonNode call(String method, String params) throws Exception {
    byte[] body = request(method, params).getBytes(StandardCharsets.UTF_8);
    JsonNode answer = JSON.readTree(dispatcher.answer(body).orElseThrow());
    assertTrue(answer.has("result"), answer.toString());
    return answer.get("result");
  }

  /* A block on any parent, and the switch to it. */
  private Block grow(BlockHeader parent, SignedTransaction... transactions) {
    Iterator<SignedTransaction> rest = List.of(transactions).iterator();
    Block block =
        chain
            .build(
                BuildRequest.on(
                    parent, parent.timeMillis() + 1_000, Address.ZERO, Bytes.of((byte) 0xc0)),
                () -> rest.hasNext() ? Optional.of(rest.next()) : Optional.empty())
            .seal(Bytes.EMPTY);
    assertEquals(transactions.length, block.body().transactions().size());
    assertTrue(
        chain.execute(block, Instant.ofEpochMilli(block.header().timeMillis())).isAccepted());
    Hash genesis = chain.hashAt(Height.GENESIS).orElseThrow();
    chain.decide(Commit.switchTo(block.hash(), genesis, genesis));
    return block;
  }

  private SignedTransaction deposit(long nonce, long drops) {
    return SignedTransaction.sign(
        new LegacyTransaction(
            chain.genesis().chainId(),
            nonce,
            Amount.of(2_000_000_000L),
            200_000,
            StorageAbi.ADDRESS,
            Amount.of(drops),
            DEPOSIT),
        TestLedgerNode.key(0, 1));
  }

  private static List<String> told(Iterable<JsonNode> logs) {
    List<String> told = new ArrayList<>();
    for (JsonNode log : logs) {
      told.add(
          (log.path("removed").asBoolean() ? "-" : "+")
              + log.path("blockHash").asText()
              + log.path("logIndex").asText());
    }
    return told;
  }

  @Test
  void takesBackWhatItTold() throws Exception {
    String filter = call("eth_newFilter", "[{\"address\":\"%s\"}]").asText();
    String blocks = call("eth_newBlockFilter", "[]").asText();
    BlockHeader fork = chain.head();
    Block a1 = grow(fork, deposit(0, 1), deposit(1, 2));
    Block a2 = grow(a1.header());
    List<String> first = List.of("+" + a1.hash().toHex() + "0x0", "+" + a1.hash().toHex() + "0x1");
    assertEquals(first, told(call("eth_getFilterChanges", "[\"" + filter + "\"]")));
    assertEquals(2, call("eth_getFilterChanges", "[\"" + blocks + "\"]").size());

    Block b1 = grow(fork, deposit(0, 3));
    List<String> second =
        List.of(
            "-" + a1.hash().toHex() + "0x1",
            "-" + a1.hash().toHex() + "0x0",
            "+" + b1.hash().toHex() + "0x0");
    assertEquals(second, told(call("eth_getFilterChanges", "[\"" + filter + "\"]")));
    assertEquals(
        "[\"" + b1.hash().toHex() + "\"]",
        call("eth_getFilterChanges", "[\"" + blocks + "\"]").toString());
    assertEquals(
        List.of(first.get(0), first.get(1), second.get(0), second.get(1), second.get(2)),
        told(heard));
    assertTrue(call("eth_getFilterChanges", "[\"" + filter + "\"]").isEmpty());
    assertEquals(a1.hash(), a2.header().parent());
  }

  @Test
  void doesNotTakeBackWhatNobodyAskedFor() throws Exception {
    BlockHeader fork = chain.head();
    Block _ = grow(fork, deposit(0, 1));
    String later =
        call("eth_newFilter", "[{\"address\":\"%s\",\"fromBlock\":\"0x3\",\"toBlock\":\"0x9\"}]")
            .asText();
    String other =
        call("eth_newFilter", "[{\"address\":\"0x%s\"}]".replace("%s", "11".repeat(20))).asText();
    Block _ = grow(fork, deposit(0, 3));
    assertTrue(call("eth_getFilterChanges", "[\"" + later + "\"]").isEmpty());
    assertTrue(call("eth_getFilterChanges", "[\"" + other + "\"]").isEmpty());
  }
}

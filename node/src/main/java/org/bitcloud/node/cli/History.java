package org.bitcloud.node.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import org.bitcloud.contracts.Log;
import org.bitcloud.contracts.naming.NamingAbi;
import org.bitcloud.contracts.naming.NamingCall;
import org.bitcloud.contracts.storage.StorageAbi;
import org.bitcloud.contracts.storage.StorageCall;
import org.bitcloud.contracts.storage.StorageEvent;
import org.bitcloud.market.LedgerException;
import org.bitcloud.node.adapter.RpcClient;
import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.MalformedException;

/// Finds every coin that came to or left an account, by walking all blocks and receipts.
final class History {
  private static final int BATCH = 50;

  private final RpcClient client;
  private final Address account;
  private final List<HistoryEntry> entries = new ArrayList<>();

  History(RpcClient client, Address account) {
    this.client = client;
    this.account = account;
  }

  /// Walks the chain up to a height; tells the height it has reached.
  List<HistoryEntry> upTo(long head, LongConsumer progress)
      throws LedgerException, MalformedException {
    genesis();
    for (long from = 1; from <= head; from += BATCH) {
      List<List<Object>> calls = new ArrayList<>();
      for (long height = from; height < Math.min(from + BATCH, head + 1); height++) {
        calls.add(List.of(hex(height), true));
      }
      for (JsonNode block : withReceipts(client.batch("eth_getBlockByNumber", calls))) {
        walk(block);
      }
      progress.accept(Math.min(from + BATCH - 1, head));
    }
    return entries;
  }

  /// Keeps the blocks that hold transactions and puts their receipts into them.
  private List<JsonNode> withReceipts(List<JsonNode> blocks) throws LedgerException {
    List<JsonNode> full = new ArrayList<>();
    List<List<Object>> calls = new ArrayList<>();
    for (JsonNode block : blocks) {
      if (!block.path("transactions").isEmpty()) {
        full.add(block);
        calls.add(List.of(block.path("number").asText()));
      }
    }
    if (!calls.isEmpty()) {
      List<JsonNode> receipts = client.batch("eth_getBlockReceipts", calls);
      for (int i = 0; i < full.size(); i++) {
        ((com.fasterxml.jackson.databind.node.ObjectNode) full.get(i))
            .set("receipts", receipts.get(i));
      }
    }
    return full;
  }

  private void genesis() throws LedgerException {
    JsonNode genesis = client.call("bitcloud_genesis");
    String drops = genesis.path("allocations").path(account.toHex()).asText("0");
    if (!drops.equals("0")) {
      entries.add(
          new HistoryEntry(
              0,
              number(genesis.path("timestampMillis")).longValueExact(),
              "",
              "genesis",
              new BigInteger(drops),
              "allocated when the chain was founded"));
    }
  }

  private void walk(JsonNode block) throws MalformedException {
    BigInteger tips = BigInteger.ZERO;
    BigInteger baseFee = number(block.path("baseFeePerGas"));
    for (int i = 0; i < block.path("transactions").size(); i++) {
      JsonNode transaction = block.path("transactions").get(i);
      JsonNode receipt = block.path("receipts").get(i);
      if (receipt == null) {
        throw new MalformedException("the node has fewer receipts than transactions");
      }
      Row row = new Row(block, transaction, receipt);
      row.fee();
      if (number(receipt.path("status")).signum() > 0) {
        row.value();
        row.events();
      }
      BigInteger price = number(receipt.path("effectiveGasPrice"));
      tips = tips.add(price.subtract(baseFee).multiply(number(receipt.path("gasUsed"))));
    }
    boolean own = block.path("miner").asText().equalsIgnoreCase(account.toHex());
    if (own && tips.signum() > 0) {
      add(block, "", "tips", tips, "for producing the block");
    }
  }

  private void add(JsonNode block, String hash, String what, BigInteger delta, String note) {
    entries.add(
        new HistoryEntry(
            number(block.path("number")).longValueExact(),
            number(block.path("timestampMillis")).longValueExact(),
            hash,
            what,
            delta,
            note));
  }

  /// One transaction and what it did to the account.
  private final class Row {
    private final JsonNode block;
    private final JsonNode receipt;
    private final String hash;
    private final Address from;
    private final Address to;
    private final BigInteger amount;
    private final String act;

    Row(JsonNode block, JsonNode transaction, JsonNode receipt) throws MalformedException {
      this.block = block;
      this.receipt = receipt;
      hash = transaction.path("hash").asText();
      from = Address.fromHex(transaction.path("from").asText());
      to = Address.fromHex(transaction.path("to").asText());
      amount = number(transaction.path("value"));
      act =
          from.equals(account)
              ? act(to, Bytes.fromHex(transaction.path("input").asText()))
              : "transfer";
    }

    private static String act(Address to, Bytes input) {
      boolean naming = to.equals(NamingAbi.ADDRESS);
      if (!naming && !to.equals(StorageAbi.ADDRESS)) {
        return "transfer";
      }
      try {
        Object call = naming ? NamingCall.decode(input) : StorageCall.decode(input);
        String name = call.getClass().getSimpleName();
        return Character.toLowerCase(name.charAt(0)) + name.substring(1);
      } catch (MalformedException e) {
        return "call";
      }
    }

    void fee() {
      if (from.equals(account)) {
        BigInteger fee =
            number(receipt.path("gasUsed")).multiply(number(receipt.path("effectiveGasPrice")));
        String failed = number(receipt.path("status")).signum() == 0 ? ", which failed" : "";
        add(block, hash, "fee", fee.negate(), "of " + act + failed);
      }
    }

    void value() {
      if (amount.signum() == 0 || from.equals(to)) {
        return;
      }
      if (from.equals(account)) {
        if (to.equals(NamingAbi.ADDRESS)) {
          add(block, hash, "name", amount.negate(), "burned for years of a name");
          return;
        }
        String what =
            switch (act) {
              case "form" -> "escrow";
              case "deposit" -> "deposit";
              default -> "sent";
            };
        String note = what.equals("sent") ? "to " + to.checksum() : "into the Storage corporation";
        add(block, hash, what, amount.negate(), note);
      } else if (to.equals(account)) {
        add(block, hash, "received", amount, "from " + from.checksum());
      }
    }

    void events() throws MalformedException {
      for (JsonNode log : receipt.path("logs")) {
        List<Hash> topics = new ArrayList<>();
        for (JsonNode topic : log.path("topics")) {
          topics.add(Hash.fromHex(topic.asText()));
        }
        var event =
            StorageEvent.decode(
                new Log(
                    Address.fromHex(log.path("address").asText()),
                    topics,
                    Bytes.fromHex(log.path("data").asText())));
        if (event.isPresent()) {
          event(event.get());
        }
      }
    }

    private void event(StorageEvent event) {
      switch (event) {
        case StorageEvent.Withdrawn e when e.provider().equals(account) ->
            add(block, hash, "withdrawal", e.amount().drops(), "from the Storage corporation");
        case StorageEvent.ContractEnded e when e.renter().equals(account) && !e.refund().isZero() ->
            add(
                block,
                hash,
                "refund",
                e.refund().drops(),
                "rest of the escrow of contract " + shortId(e.contractId()));
        case StorageEvent.Settled e -> settled(e);
        default -> {}
      }
    }

    private void settled(StorageEvent.Settled e) {
      if (from.equals(account) && !e.reward().isZero()) {
        add(
            block,
            hash,
            "reward",
            e.reward().drops(),
            "for settling window " + e.window() + " of " + e.provider().checksum());
      }
      if (e.provider().equals(account)) {
        add(
            block,
            hash,
            "pay",
            BigInteger.ZERO,
            "window %d: %s paid into the funds at the corporation, %s lost, %s burned"
                .formatted(
                    e.window(),
                    Money.show(e.pay()),
                    Money.show(e.penalty()),
                    Money.show(e.burned())));
      }
    }
  }

  private static String shortId(Hash id) {
    return id.toHex().substring(0, 12);
  }

  private static String hex(long value) {
    return "0x" + Long.toHexString(value);
  }

  private static BigInteger number(JsonNode node) {
    String text = node.asText("0x0");
    return text.startsWith("0x") ? new BigInteger(text.substring(2), 16) : new BigInteger(text);
  }
}

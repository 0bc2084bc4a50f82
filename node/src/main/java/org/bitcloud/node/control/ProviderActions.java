package org.bitcloud.node.control;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Map;
import org.bitcloud.contracts.storage.ProviderStatus;
import org.bitcloud.market.Ledger;
import org.bitcloud.market.LedgerException;
import org.bitcloud.market.MarketException;
import org.bitcloud.market.TxReceipt;
import org.bitcloud.market.client.StorageClient;
import org.bitcloud.market.provider.ProviderReport;
import org.bitcloud.node.ProviderNode;
import org.bitcloud.node.ProviderPrices;
import org.bitcloud.primitives.Amount;
import org.bitcloud.primitives.MalformedException;

/// What commands may ask of a running provider.
public final class ProviderActions {
  private final ProviderNode node;
  private final Ledger ledger;

  private ProviderActions(ProviderNode node, Ledger ledger) {
    this.node = node;
    this.ledger = ledger;
  }

  /// `status`, `price`, `deposit` and `withdraw` of a started provider; the ledger stays open.
  public static Map<String, ControlAction> of(ProviderNode node, Ledger ledger) {
    ProviderActions actions = new ProviderActions(node, ledger);
    return Map.of(
        "status", _ -> actions.status(),
        "price", actions::price,
        "deposit", actions::deposit,
        "withdraw", actions::withdraw);
  }

  private ObjectNode status() {
    ProviderReport report = node.provider().report();
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("address", report.provider().checksum())
        .put("endpoint", node.endpoint())
        .put("posted", report.isPosted())
        .put("capacitySectors", report.space().capacity())
        .put("promisedSectors", report.space().promised())
        .put("storedSectors", report.space().stored())
        .put("contracts", report.contracts())
        .put("objects", report.manifests())
        .put("sessions", report.sessions())
        .put("windowsProven", report.proofs().windows())
        .put("lastWindow", report.proofs().lastWindow())
        .put("lastLeaves", report.proofs().lastLeaves())
        .put("problem", report.proofs().problem())
        .put("failure", report.failure());
    ArrayNode damaged = json.putArray("damaged");
    report.damaged().forEach(root -> damaged.add(root.toHex()));
    ProviderStatus books = report.books();
    if (books != null) {
      fill(json.putObject("books"), books);
    }
    return json;
  }

  /// Adds a provider's coins on chain.
  public static void fill(ObjectNode json, ProviderStatus books) {
    json.put("funds", drops(books.funds()))
        .put("locked", drops(books.locked()))
        .put("escrow", drops(books.escrow()))
        .put("earned", drops(books.earned()))
        .put("penalties", drops(books.penalties()))
        .put("contracts", books.contracts())
        .put("misses", books.misses())
        .put("dueNow", drops(books.dueNow()))
        .put("provenNow", books.proven())
        .put("unsettled", books.unsettled());
  }

  private ObjectNode price(ObjectNode request) throws ControlException {
    try {
      long windowMillis = new StorageClient(ledger).tariff().windowMillis();
      ProviderPrices prices =
          new ProviderPrices(
              amount(request, "storage"),
              amount(request, "ingress"),
              amount(request, "egress"),
              amount(request, "collateral"),
              Duration.ofDays(request.path("longestDays").asLong(365)));
      node.provider().offer(prices.offer(windowMillis));
      return JsonNodeFactory.instance.objectNode().put("ok", true);
    } catch (LedgerException e) {
      throw new ControlException(String.valueOf(e.getMessage()), e);
    }
  }

  private ObjectNode deposit(ObjectNode request) throws ControlException {
    try {
      return receipt(node.provider().deposit(amount(request, "amount")));
    } catch (MarketException e) {
      throw new ControlException(String.valueOf(e.getMessage()), e);
    }
  }

  private ObjectNode withdraw(ObjectNode request) throws ControlException {
    try {
      return receipt(node.provider().withdraw(amount(request, "amount")));
    } catch (MarketException e) {
      throw new ControlException(String.valueOf(e.getMessage()), e);
    }
  }

  private static ObjectNode receipt(TxReceipt receipt) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("transaction", receipt.transaction().toHex())
        .put("height", receipt.height().value())
        .put("fee", drops(receipt.fee()));
  }

  private static Amount amount(ObjectNode request, String field) throws ControlException {
    String text = request.path(field).asText();
    if (!text.matches("\\d{1,78}")) {
      throw new ControlException(field + " must be a decimal number of drops");
    }
    BigInteger value = new BigInteger(text);
    if (value.bitLength() > 256) {
      throw new ControlException(field + " is too large");
    }
    return Amount.of(value);
  }

  /// An amount as it stands in JSON.
  public static String drops(Amount amount) {
    return amount.drops().toString();
  }

  /// Reads an amount as it stands in JSON.
  ///
  /// @throws MalformedException where it is no decimal number of drops
  public static Amount parseDrops(String text) throws MalformedException {
    if (!text.matches("\\d{1,78}") || new BigInteger(text).bitLength() > 256) {
      throw new MalformedException("not a number of drops: " + text);
    }
    return Amount.of(new BigInteger(text));
  }
}

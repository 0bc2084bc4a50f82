package org.bitcloud.market.renter;

import java.time.Duration;
import org.bitcloud.contracts.storage.StorageAbi;
import org.bitcloud.contracts.storage.StorageCall;
import org.bitcloud.market.LedgerException;
import org.bitcloud.market.MarketError;
import org.bitcloud.market.MarketException;
import org.bitcloud.market.NetworkInfo;
import org.bitcloud.market.client.HeadGate;
import org.bitcloud.market.client.ProviderDirectory;
import org.bitcloud.market.client.StorageClient;
import org.bitcloud.market.client.StorageDigests;
import org.bitcloud.market.client.TransactionSender;
import org.bitcloud.primitives.Amount;

/// The renter's view of the chain, with failures turned into what a user can act on.
final class Chain implements AutoCloseable {
  private static final Duration DIRECTORY_AGE = Duration.ofSeconds(5);

  private final RenterPorts ports;
  private final NetworkInfo network;
  private final StorageClient client;
  private final StorageDigests digests;
  private final HeadGate heads;
  private final TransactionSender sender;
  private final ProviderDirectory directory;

  private Chain(RenterPorts ports, NetworkInfo network) {
    this.ports = ports;
    this.network = network;
    this.client = new StorageClient(ports.ledger());
    this.digests = new StorageDigests(network);
    this.heads = new HeadGate(ports.ledger());
    this.sender = new TransactionSender(ports.ledger(), heads, ports.key());
    this.directory = new ProviderDirectory(client, ports.clock(), DIRECTORY_AGE);
  }

  static Chain open(RenterPorts ports) throws MarketException {
    return new Chain(ports, ask(() -> ports.ledger().network()));
  }

  /// A question to the ledger.
  @FunctionalInterface
  interface Question<T> {
    T ask() throws LedgerException;
  }

  /// Asks, and says in the market's words when there is no answer.
  static <T> T ask(Question<T> question) throws MarketException {
    try {
      return question.ask();
    } catch (LedgerException e) {
      throw failed(e);
    }
  }

  static MarketException failed(LedgerException e) {
    String message = String.valueOf(e.getMessage());
    if (e.retryable()) {
      return new MarketException(
          MarketError.LEDGER_UNAVAILABLE,
          "the ledger cannot be reached: " + message + "; check that the node runs and retry",
          e);
    }
    if (message.contains("insufficient funds")) {
      return new MarketException(
          MarketError.INSUFFICIENT_FUNDS,
          "the account cannot pay: " + message + "; send it cloudcoins and retry",
          e);
    }
    return new MarketException(MarketError.TRANSACTION_FAILED, message, e);
  }

  NetworkInfo network() {
    return network;
  }

  StorageClient client() {
    return client;
  }

  StorageDigests digests() {
    return digests;
  }

  HeadGate heads() {
    return heads;
  }

  TransactionSender sender() {
    return sender;
  }

  ProviderDirectory directory() {
    return directory;
  }

  Amount balance() throws MarketException {
    return ask(() -> ports.ledger().balance(ports.key().address()));
  }

  /// Sends a call of the Storage corporation.
  TransactionSender.Sent send(Amount value, StorageCall call) throws LedgerException {
    return sender.send(StorageAbi.ADDRESS, value, call.encode());
  }

  @Override
  public void close() {
    heads.close();
  }
}

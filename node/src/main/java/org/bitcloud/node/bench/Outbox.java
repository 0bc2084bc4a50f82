package org.bitcloud.node.bench;

import java.util.ArrayList;
import java.util.List;
import org.bitcloud.primitives.tx.SignedTransaction;
import org.jspecify.annotations.Nullable;

/// The transfers that one connection sends.
final class Outbox implements RpcRequests {
  /// Those that the node took.
  final List<SignedTransaction> accepted = new ArrayList<>();

  private final String host;
  private final List<SignedTransaction> waiting = new ArrayList<>();
  private final List<byte[]> calls = new ArrayList<>();
  private int sent;

  Outbox(String host) {
    this.host = host;
  }

  void add(SignedTransaction transfer) {
    waiting.add(transfer);
    String params = "[\"%s\"]".formatted(transfer.encoded().toHex());
    calls.add(RpcRequests.call(host, "eth_sendRawTransaction", params));
  }

  @Override
  public byte @Nullable [] next() {
    return sent == calls.size() ? null : calls.get(sent++);
  }

  @Override
  public void accepted() {
    accepted.add(waiting.get(sent - 1));
  }
}

package org.bitcloud.node.cli;

import java.util.Locale;
import org.bitcloud.market.renter.Progress;

/// A job of the renter as a progress bar.
final class TransferProgress implements Progress {
  private final ProgressBar bar;

  TransferProgress(ProgressBar bar) {
    this.bar = bar;
  }

  @Override
  public void update(State state) {
    String text =
        switch (state.stage()) {
          case PREPARING -> state.note();
          case FORMING -> state.contracts() + " of " + state.contractsTotal() + " contracts";
          default -> rate(state);
        };
    bar.update(
        state.stage().name().toLowerCase(Locale.ROOT), state.bytesDone(), state.bytesTotal(), text);
  }

  private String rate(State state) {
    double seconds = Math.max(bar.seconds(), 0.001);
    double perSecond = state.bytesDone() / seconds;
    String shards =
        state.shardsTotal() == 0
            ? ""
            : ", " + state.shardsPlaced() + " of " + state.shardsTotal() + " shards";
    long left = perSecond < 1 ? 0 : (long) ((state.bytesTotal() - state.bytesDone()) / perSecond);
    return String.format(
        Locale.ROOT,
        "%s of %s, %.1f MB/s, %d s left%s",
        Money.bytes(state.bytesDone()),
        Money.bytes(state.bytesTotal()),
        perSecond / 1e6,
        left,
        shards);
  }
}

package org.bitcloud.market.renter;

/// Counts what a job has done and tells its listener. Safe for several threads; the listener hears
/// one thing at a time.
final class ProgressMeter {
  private final Progress listener;
  private Progress.Stage stage = Progress.Stage.PREPARING;
  private long bytesDone;
  private long bytesTotal;
  private long shardsPlaced;
  private long shardsTotal;
  private int contracts;
  private int contractsTotal;

  ProgressMeter(Progress listener) {
    this.listener = listener;
  }

  synchronized void totals(long bytes, long shards, int contractCount) {
    bytesTotal = bytes;
    shardsTotal = shards;
    contractsTotal = contractCount;
    tell("");
  }

  synchronized void stage(Progress.Stage next) {
    stage = next;
    tell("");
  }

  synchronized void bytes(long more) {
    bytesDone += more;
    tell("");
  }

  synchronized void placed(long count) {
    shardsPlaced = count;
    tell("");
  }

  synchronized void onePlaced() {
    shardsPlaced++;
    tell("");
  }

  synchronized void contract() {
    contracts++;
    tell("");
  }

  synchronized void contracts(int count) {
    contracts = count;
    tell("");
  }

  synchronized void note(String note) {
    tell(note);
  }

  private void tell(String note) {
    listener.update(
        new Progress.State(
            stage,
            bytesDone,
            bytesTotal,
            shardsPlaced,
            shardsTotal,
            contracts,
            contractsTotal,
            note));
  }
}

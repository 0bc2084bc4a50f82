package org.bitcloud.chain.file;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.bitcloud.chain.ChainSnapshot;
import org.bitcloud.chain.SealedHeader;
import org.bitcloud.chain.SnapshotStart.Entry;
import org.bitcloud.chain.block.Receipt;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.rlp.RlpWriter;

/// Writes a snapshot file: a head, blocks, entries in rising order, an end. The stream stays the
/// caller's.
final class SnapshotFileWriter {
  static final String FORMAT = "bitcloud-state";
  static final int VERSION = 1;

  private final OutputStream out;
  private long count;

  SnapshotFileWriter(OutputStream out) {
    this.out = out;
  }

  void begin(Hash genesisHash, ChainSnapshot snapshot) throws IOException {
    new Frame(
            FrameKind.STATE_HEAD,
            RlpWriter.encode(
                head ->
                    head.beginList()
                        .text(FORMAT)
                        .number(VERSION)
                        .hash(genesisHash)
                        .number(snapshot.block().height().value())
                        .endList()))
        .write(out);
    for (SealedHeader header : snapshot.below()) {
      new Frame(FrameKind.STATE_HEADER, header.encode()).write(out);
    }
    new Frame(
            FrameKind.STATE_BLOCK,
            RlpWriter.encode(
                block ->
                    block
                        .beginList()
                        .raw(snapshot.block().encode())
                        .bytes(snapshot.certificate().orElse(Bytes.EMPTY))
                        .raw(Receipt.encodeAll(snapshot.receipts()))
                        .endList()))
        .write(out);
  }

  void entries(List<Entry> entries) throws IOException {
    new Frame(
            FrameKind.STATE_ENTRIES,
            RlpWriter.encode(
                list -> {
                  list.beginList();
                  entries.forEach(
                      entry -> list.beginList().bytes(entry.key()).bytes(entry.value()).endList());
                  list.endList();
                }))
        .write(out);
    count += entries.size();
  }

  void end() throws IOException {
    new Frame(FrameKind.STATE_END, RlpWriter.encode(end -> end.beginList().number(count).endList()))
        .write(out);
    out.flush();
  }
}

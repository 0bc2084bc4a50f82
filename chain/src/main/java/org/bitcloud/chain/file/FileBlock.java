package org.bitcloud.chain.file;

import java.util.Optional;
import org.bitcloud.chain.block.Block;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.MalformedException;
import org.bitcloud.primitives.rlp.RlpReader;
import org.bitcloud.primitives.rlp.RlpWriter;

/// A block as a chain file holds it.
///
/// @param block header, seal proof and lists
/// @param certificate proof of its finality, at most [#CERTIFICATE_BYTES_MAX] bytes
public record FileBlock(Block block, Optional<Bytes> certificate) {
  /// Bound of a certificate in a file.
  public static final int CERTIFICATE_BYTES_MAX = 64 << 10;

  Frame frame() {
    return new Frame(
        FrameKind.CHAIN_BLOCK,
        RlpWriter.encode(
            out -> {
              out.beginList();
              out.raw(block.encode());
              out.bytes(certificate.orElse(Bytes.EMPTY));
              out.endList();
            }));
  }

  static FileBlock decode(Bytes payload) throws MalformedException {
    RlpReader in = RlpReader.of(payload);
    in.enterList();
    Block block = Block.decode(in.rawNext());
    Bytes certificate = in.readBytes(CERTIFICATE_BYTES_MAX);
    in.leaveList();
    in.end();
    return new FileBlock(
        block, certificate.isEmpty() ? Optional.empty() : Optional.of(certificate.compact()));
  }
}

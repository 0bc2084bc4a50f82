package org.bitcloud.chain.file;

import java.util.Arrays;
import java.util.Optional;
import org.bitcloud.chain.block.Block;
import org.bitcloud.chain.block.BlockHeader;

/// What a frame holds, with the bound of its payload.
enum FrameKind {
  CHAIN_HEAD(0x01, FrameKind.SMALL),
  CHAIN_BLOCK(0x02, 9 << 20),
  CHAIN_END(0x03, FrameKind.SMALL),
  STATE_HEAD(0x11, FrameKind.SMALL),
  STATE_HEADER(0x12, 128 << 10),
  STATE_BLOCK(0x13, 20 << 20),
  STATE_ENTRIES(0x14, 4 << 20),
  STATE_END(0x15, FrameKind.SMALL);

  static final int SMALL = 64;

  static {
    assert Block.BLOCK_BYTES_MAX + (64 << 10) + 16 <= CHAIN_BLOCK.bytesMax;
    assert BlockHeader.HEADER_BYTES_MAX + Block.SEAL_PROOF_BYTES_MAX + 16 <= STATE_HEADER.bytesMax;
  }

  private final int code;
  private final int bytesMax;

  FrameKind(int code, int bytesMax) {
    this.code = code;
    this.bytesMax = bytesMax;
  }

  int code() {
    return code;
  }

  int bytesMax() {
    return bytesMax;
  }

  static Optional<FrameKind> of(int code) {
    return Arrays.stream(values()).filter(kind -> kind.code == code).findFirst();
  }
}

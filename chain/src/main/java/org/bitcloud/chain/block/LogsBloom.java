package org.bitcloud.chain.block;

import java.util.Collection;
import java.util.List;
import org.bitcloud.contracts.Log;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.crypto.Keccak;

/// Ethereum's 2,048-bit filter over the addresses and topics of logs.
///
/// Each item sets three bits: the low 11 bits of the first three byte pairs of its Keccak-256; bit
/// 0 is the lowest bit of the last byte. An item that was added is always found; one that was not
/// may be found by chance.
public final class LogsBloom {
  /// Size of a bloom.
  public static final int BYTES = 256;

  /// The bloom of no logs.
  public static final Bytes EMPTY = Bytes.wrap(new byte[BYTES]);

  private LogsBloom() {}

  /// Returns the bloom of logs.
  public static Bytes of(List<Log> logs) {
    if (logs.isEmpty()) {
      return EMPTY;
    }
    byte[] bits = new byte[BYTES];
    addAll(bits, logs);
    return Bytes.wrap(bits);
  }

  /// Returns the bloom of all logs of all receipts.
  public static Bytes ofReceipts(Collection<Receipt> receipts) {
    byte[] bits = new byte[BYTES];
    boolean any = false;
    for (Receipt receipt : receipts) {
      any |= !receipt.logs().isEmpty();
      addAll(bits, receipt.logs());
    }
    return any ? Bytes.wrap(bits) : EMPTY;
  }

  /// Tells whether an item may have been added. False is certain, true is not.
  public static boolean mayContain(Bytes bloom, Bytes item) {
    int[] positions = positions(item);
    for (int bit : positions) {
      if ((bloom.get(BYTES - 1 - (bit >>> 3)) & (1 << (bit & 7))) == 0) {
        return false;
      }
    }
    return true;
  }

  private static void addAll(byte[] bits, List<Log> logs) {
    for (Log log : logs) {
      add(bits, log.address().bytes());
      for (Hash topic : log.topics()) {
        add(bits, topic.bytes());
      }
    }
  }

  private static void add(byte[] bits, Bytes item) {
    for (int bit : positions(item)) {
      bits[BYTES - 1 - (bit >>> 3)] |= (byte) (1 << (bit & 7));
    }
  }

  private static int[] positions(Bytes item) {
    Bytes digest = Keccak.hash(item).bytes();
    int[] positions = new int[3];
    for (int i = 0; i < positions.length; i++) {
      positions[i] = ((digest.unsigned(2 * i) << 8) | digest.unsigned(2 * i + 1)) & 0x7ff;
    }
    return positions;
  }
}

package org.bitcloud.node.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bitcloud.chain.block.GenesisAllocation;
import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Amount;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.MalformedException;
import org.bitcloud.primitives.crypto.Keccak;
import org.bitcloud.primitives.tx.SignedTransaction;

/// Transactions that another program has signed: one raw transaction in hex at the end of each
/// line, after whatever label, and one `address drops` on each line of the file of balances.
final class GivenTransfers implements TransferPlan {
  private static final int LINE_MAX = 2 * SignedTransaction.SIZE_MAX + 64;
  private static final int ALLOCATIONS_MAX = 1_000_000;

  private final Path raw;
  private final int blocks;
  private final int transfersPerBlock;
  private final List<GenesisAllocation> allocations;
  private final BufferedReader reader;
  private final String identity;
  private final long chainId;
  private List<SignedTransaction> ahead;
  private int made;
  private long line;

  /// Opens both files and reads the first block.
  ///
  /// @throws IOException when a file cannot be read, or a line is none
  GivenTransfers(Path raw, Path alloc, int blocks, int transfersPerBlock) throws IOException {
    this.raw = raw;
    this.blocks = blocks;
    this.transfersPerBlock = transfersPerBlock;
    this.allocations = allocations(alloc);
    this.reader = Files.newBufferedReader(raw);
    this.ahead = read();
    if (ahead.isEmpty()) {
      reader.close();
      throw new IOException(raw + " has no transactions");
    }
    this.chainId = ahead.getFirst().transaction().chainId();
    String what =
        "%s %d %d %d %d"
            .formatted(
                ahead.getFirst().hash(),
                Files.size(raw),
                blocks,
                transfersPerBlock,
                allocations.hashCode());
    this.identity = "given-" + Keccak.hash(Bytes.ofUtf8(what)).toHex().substring(2, 18);
  }

  private static List<GenesisAllocation> allocations(Path file) throws IOException {
    List<GenesisAllocation> list = new ArrayList<>();
    try (BufferedReader in = Files.newBufferedReader(file)) {
      for (String text = in.readLine(); text != null; text = in.readLine()) {
        String[] parts = text.strip().split("\\s+", 3);
        if (parts.length != 2
            || !parts[1].matches("[0-9]{1,77}")
            || list.size() == ALLOCATIONS_MAX) {
          throw new IOException(
              "%s, line %d: not an address and a number of drops".formatted(file, list.size() + 1));
        }
        list.add(
            new GenesisAllocation(Address.fromHex(parts[0]), Amount.of(new BigInteger(parts[1]))));
      }
    } catch (MalformedException e) {
      throw new IOException("%s, line %d: %s".formatted(file, list.size() + 1, e.getMessage()), e);
    }
    return list;
  }

  @Override
  public String identity() {
    return identity;
  }

  @Override
  public long chainId() {
    return chainId;
  }

  @Override
  public int blocks() {
    return blocks;
  }

  @Override
  public int transfersPerBlock() {
    return transfersPerBlock;
  }

  @Override
  public List<GenesisAllocation> allocations() {
    return allocations;
  }

  @Override
  public List<SignedTransaction> next() throws IOException {
    List<SignedTransaction> block = ahead;
    ahead = ++made < blocks ? read() : List.of();
    return block;
  }

  private List<SignedTransaction> read() throws IOException {
    List<SignedTransaction> block = new ArrayList<>();
    while (block.size() < transfersPerBlock) {
      String text = reader.readLine();
      if (text == null) {
        break;
      }
      line++;
      try {
        if (text.length() > LINE_MAX) {
          throw new MalformedException("too long");
        }
        String hex = text.substring(text.strip().lastIndexOf(' ') + 1).strip();
        block.add(SignedTransaction.decode(Bytes.fromHex(hex)));
      } catch (MalformedException e) {
        throw new IOException(
            "%s, line %d: no transaction: %s".formatted(raw, line, e.getMessage()), e);
      }
    }
    return block;
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}

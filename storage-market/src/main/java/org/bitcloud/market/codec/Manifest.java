package org.bitcloud.market.codec;

import java.util.ArrayList;
import java.util.List;
import org.bitcloud.market.sector.Sector;
import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.MalformedException;
import org.bitcloud.primitives.crypto.Sha256;
import org.bitcloud.primitives.rlp.RlpReader;

/// All that is needed to read an object: where its shards are and the keys of its slabs
/// (`docs/spec/object.md` 4). Whoever has one can read the object.
///
/// @param dataShards the number k of shards that suffice
/// @param shards the number n of all shards of a slab
/// @param size bytes of the object
/// @param sha256 the SHA-256 of the whole object
/// @param mediaType printable ASCII of at most 255 bytes, perhaps empty
/// @param name a file name of at most 1,024 bytes of UTF-8, perhaps empty; never a path
/// @param slabs in order; all but the last are full
public record Manifest(
    int dataShards,
    int shards,
    long size,
    Hash sha256,
    String mediaType,
    String name,
    List<Slab> slabs) {
  /// The largest encoding: one sector less what sealing adds.
  public static final int BYTES_MAX = Sector.BYTES - 64;

  /// The longest media type in bytes.
  public static final int MEDIA_TYPE_BYTES_MAX = 255;

  /// The longest name in bytes.
  public static final int NAME_BYTES_MAX = 1024;

  /// One slab of an object.
  ///
  /// @param keys what decrypts and unmasks it
  /// @param length bytes of content
  /// @param shards all n, in order
  public record Slab(SlabKeys keys, int length, List<Shard> shards) {
    /// Keeps its own copy of the list.
    public Slab {
      shards = List.copyOf(shards);
    }

    /// The geometry of the slab.
    public SlabLayout layout(int dataShards) {
      return new SlabLayout(dataShards, length);
    }
  }

  /// Where one shard was placed.
  ///
  /// @param root the root of its sector, by which any provider that has it finds it
  /// @param provider the account that took it
  public record Shard(Hash root, Address provider) {}

  /// Checks that all parts agree.
  ///
  /// @throws IllegalArgumentException if they do not
  public Manifest {
    slabs = List.copyOf(slabs);
    String fault = ManifestRules.fault(dataShards, shards, size, mediaType, name, slabs);
    if (!fault.isEmpty()) {
      throw new IllegalArgumentException(fault);
    }
  }

  /// The bytes that are stored and named by the id.
  ///
  /// @throws ManifestTooLargeException if they would not fit a sector
  public Bytes encode() {
    Bytes bytes = ManifestFormat.encode(this);
    if (bytes.size() > BYTES_MAX) {
      throw new ManifestTooLargeException(size, dataShards, shards);
    }
    return bytes;
  }

  /// The manifest in untrusted bytes.
  ///
  /// @throws MalformedException if they are not exactly one valid manifest, or a sealed one
  public static Manifest decode(Bytes bytes) throws MalformedException {
    return ManifestFormat.decode(bytes);
  }

  /// The id of an object: the SHA-256 of its manifest as it is stored, sealed or not.
  public static Hash idOf(Bytes manifestBytes) {
    return Sha256.hash(manifestBytes);
  }

  /// The manifest bytes, sealed or not, out of the sector that holds them and zeros.
  ///
  /// Only where they end is checked, not what they say.
  ///
  /// @throws MalformedException if the sector does not begin with a list or anything follows it
  public static Bytes trim(Bytes sectorBytes) throws MalformedException {
    RlpReader reader = RlpReader.of(sectorBytes);
    if (!reader.isListNext()) {
      throw new MalformedException("the sector holds no manifest");
    }
    Bytes manifest = reader.rawNext();
    for (int i = reader.position(); i < sectorBytes.size(); i++) {
      if (sectorBytes.get(i) != 0) {
        throw new MalformedException("something follows the manifest in its sector");
      }
    }
    return manifest;
  }

  /// Whether manifest bytes are sealed, so that a key is needed to read them.
  ///
  /// @throws MalformedException if they are neither a manifest nor a sealed one
  public static boolean isSealed(Bytes manifestBytes) throws MalformedException {
    RlpReader reader = RlpReader.of(manifestBytes);
    reader.enterList();
    long format = reader.readNumber();
    if (format != ManifestFormat.PLAIN && format != ManifestFormat.SEALED) {
      throw new MalformedException("manifest has unknown format " + format);
    }
    return format == ManifestFormat.SEALED;
  }

  /// The most bytes an object can have with these parameters, since its manifest must fit a sector.
  ///
  /// @throws IllegalArgumentException unless 1 ≤ k ≤ n ≤ 255
  public static long largestObject(int dataShards, int shards) {
    ErasureCode code = ErasureCode.of(dataShards, shards);
    long slabs = ManifestFormat.slabsMax(code.dataShards(), code.shards());
    return slabs * SlabLayout.capacity(dataShards);
  }

  /// Checks, before anything is sent, that the manifest of an object will fit.
  ///
  /// @throws ManifestTooLargeException if it will not
  public static void checkSize(long size, int dataShards, int shards) {
    if (size > largestObject(dataShards, shards)) {
      throw new ManifestTooLargeException(size, dataShards, shards);
    }
  }

  /// Which bytes of which slabs a range of the object is, in order.
  ///
  /// @throws IndexOutOfBoundsException if the range is not inside the object
  public List<SlabRange> slabRanges(long from, long length) {
    if (from < 0 || length < 0 || length > size - from) {
      throw new IndexOutOfBoundsException(
          "no range of an object of " + size + " bytes: " + length + " from " + from + " on");
    }
    List<SlabRange> ranges = new ArrayList<>();
    int capacity = SlabLayout.capacity(dataShards);
    long at = from;
    long end = from + length;
    while (at < end) {
      int inSlab = (int) (at % capacity);
      int part = (int) Math.min(capacity - inSlab, end - at);
      ranges.add(new SlabRange(Math.toIntExact(at / capacity), inSlab, part));
      at += part;
    }
    return ranges;
  }

  /// Shows neither keys nor shards.
  @Override
  public String toString() {
    return "Manifest[" + dataShards + " of " + shards + ", " + size + " bytes]";
  }
}

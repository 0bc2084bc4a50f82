package org.bitcloud.market.codec;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.bitcloud.market.sector.Sector;
import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.MalformedException;
import org.bitcloud.primitives.rlp.RlpReader;
import org.bitcloud.primitives.rlp.RlpWriter;

/// The encoding of manifests, `docs/spec/object.md` 4.
final class ManifestFormat {
  /// The format number of a manifest.
  static final long PLAIN = 1;

  /// The format number of a sealed manifest.
  static final long SEALED = 2;

  // What is not slabs: the longest texts, sizes, hash and headers, rounded up.
  private static final int FRAME_BYTES = 1400;

  // Manifest, its slabs, a slab, its shards, a shard.
  private static final int DEPTH = 5;

  private ManifestFormat() {}

  static Bytes encode(Manifest manifest) {
    return RlpWriter.encode(
        out -> {
          out.beginList().number(PLAIN).number(manifest.dataShards()).number(manifest.shards());
          out.number(manifest.size()).hash(manifest.sha256());
          out.text(manifest.mediaType()).text(manifest.name()).beginList();
          manifest.slabs().forEach(slab -> write(slab, out));
          out.endList().endList();
        });
  }

  private static void write(Manifest.Slab slab, RlpWriter out) {
    out.beginList().bytes(slab.keys().slabKey()).bytes(slab.keys().maskKey());
    out.number(slab.length()).beginList();
    for (Manifest.Shard shard : slab.shards()) {
      out.beginList().hash(shard.root()).address(shard.provider()).endList();
    }
    out.endList().endList();
  }

  /// How many slabs fit a manifest, whatever its texts.
  static int slabsMax(int dataShards, int shards) {
    SlabKeys keys =
        new SlabKeys(
            Bytes.of(new byte[SlabKeys.KEY_BYTES]), Bytes.of(new byte[SlabKeys.KEY_BYTES]));
    Manifest.Shard shard = new Manifest.Shard(Hash.ZERO, Address.ZERO);
    Manifest.Slab full =
        new Manifest.Slab(keys, dataShards * Sector.BYTES, Collections.nCopies(shards, shard));
    int slabBytes = RlpWriter.encode(out -> write(full, out)).size();
    return (Manifest.BYTES_MAX - FRAME_BYTES) / slabBytes;
  }

  static Manifest decode(Bytes bytes) throws MalformedException {
    RlpReader in = RlpReader.of(bytes, new RlpReader.Limits(Manifest.BYTES_MAX, DEPTH));
    in.enterList();
    long format = in.readNumber();
    if (format != PLAIN) {
      throw new MalformedException(
          format == SEALED ? "manifest is sealed" : "manifest has unknown format " + format);
    }
    int dataShards = readSmall(in, ErasureCode.SHARDS_MAX);
    int shards = readSmall(in, ErasureCode.SHARDS_MAX);
    long size = in.readNumber();
    Hash sha256 = in.readHash();
    String mediaType = in.readText(Manifest.MEDIA_TYPE_BYTES_MAX);
    String name = in.readText(Manifest.NAME_BYTES_MAX);
    List<Manifest.Slab> slabs = readSlabs(in);
    in.leaveList();
    in.end();
    String fault = ManifestRules.fault(dataShards, shards, size, mediaType, name, slabs);
    if (!fault.isEmpty()) {
      throw new MalformedException(fault);
    }
    return new Manifest(dataShards, shards, size, sha256, mediaType, name, slabs);
  }

  // Each slab takes at least 70 bytes of an input whose size is bounded, so the list is bounded.
  private static List<Manifest.Slab> readSlabs(RlpReader in) throws MalformedException {
    List<Manifest.Slab> slabs = new ArrayList<>();
    in.enterList();
    while (in.hasNext()) {
      in.enterList();
      SlabKeys keys =
          new SlabKeys(
              in.readExact(SlabKeys.KEY_BYTES).compact(),
              in.readExact(SlabKeys.KEY_BYTES).compact());
      int length = readSmall(in, ErasureCode.SHARDS_MAX * Sector.BYTES);
      List<Manifest.Shard> shards = new ArrayList<>();
      in.enterList();
      while (in.hasNext()) {
        in.enterList();
        shards.add(new Manifest.Shard(in.readHash(), in.readAddress()));
        in.leaveList();
      }
      in.leaveList();
      in.leaveList();
      slabs.add(new Manifest.Slab(keys, length, shards));
    }
    in.leaveList();
    return slabs;
  }

  private static int readSmall(RlpReader in, int max) throws MalformedException {
    long number = in.readNumber();
    if (number > max) {
      throw new MalformedException("manifest has a number beyond " + max);
    }
    return (int) number;
  }
}

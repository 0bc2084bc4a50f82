package org.bitcloud.market.codec;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.bitcloud.market.sector.ContractTree;
import org.bitcloud.market.sector.MemorySectorStore;
import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.crypto.Sha256;
import org.bitcloud.testkit.Golden;
import org.junit.jupiter.api.Test;

/// The codec makes what the specification says, as an implementation in another language
/// (`src/test/golden/object.py`) understood it.
final class ObjectGoldenTest {
  private final StringBuilder text = new StringBuilder();

  @Test
  void makesTheSameBytesAsTheSpecification() throws IOException {
    SlabKeys keys = new SlabKeys(counting(0, 32), counting(32, 32));
    text.append("# Made by src/test/golden/object.py from docs/spec/object.md; do not edit.\n");
    show("slabKey", keys.slabKey());
    show("maskKey", keys.maskKey());
    show("shardKey.0", Bytes.wrap(Keystream.shardKey(keys.maskKey(), 0)));
    show("shardKey.254", Bytes.wrap(Keystream.shardKey(keys.maskKey(), 254)));
    List<Bytes> twoOfSix = slab(2, 6, 1500, keys);
    var _ = slab(10, 30, 5121, keys);
    var _ = slab(1, 1, 1, keys);
    List<Hash> roots = contract(twoOfSix);
    manifest(keys, roots);
    Golden.resource("golden/object.properties").matches(text.toString());
  }

  private List<Bytes> slab(int dataShards, int shards, int length, SlabKeys keys)
      throws IOException {
    String name = dataShards + "of" + shards;
    show(name + ".length", Integer.toString(length));
    for (int row = dataShards; row < shards; row++) {
      GaloisMatrix matrix = GaloisMatrix.ofShards(dataShards, new int[] {row});
      byte[] elements = new byte[dataShards];
      for (int column = 0; column < dataShards; column++) {
        elements[column] = (byte) matrix.at(0, column);
      }
      show(name + ".row." + row, Bytes.wrap(elements));
    }
    ShardCollector sink = new ShardCollector(shards);
    EncodedSlab slab =
        new SlabEncoder(ErasureCode.of(dataShards, shards), Runnable::run, 1)
            .encode(new ByteArrayInputStream(plain(length)), keys, sink);
    List<Bytes> bodies = new ArrayList<>();
    for (int shard = 0; shard < shards; shard++) {
      Bytes body = Bytes.wrap(sink.body(shard));
      show(name + ".body." + shard, dataShards < 10 ? body : Sha256.hash(body).bytes());
      show(name + ".root." + shard, slab.roots().get(shard).bytes());
      bodies.add(body);
    }
    return bodies;
  }

  private List<Hash> contract(List<Bytes> bodies) {
    MemorySectorStore store = new MemorySectorStore(bodies.size());
    List<Hash> roots = bodies.stream().map(body -> store.put(body.toArray())).toList();
    ContractTree tree = ContractTree.of(roots);
    long[] leaves = {3, 8192 + 1, 8192 + 2, 3 * 8192 + 8191, 5 * 8192};
    show("contract.root", tree.root().bytes());
    show(
        "contract.leaves",
        LongStream.of(leaves).mapToObj(Long::toString).collect(Collectors.joining(",")));
    Bytes[] siblings =
        tree.siblings(leaves, store::nodes).stream().map(Hash::bytes).toArray(Bytes[]::new);
    show("contract.siblings", Bytes.concat(siblings));
    show("contract.root.5", ContractTree.of(roots.subList(0, 5)).root().bytes());
    return roots;
  }

  private void manifest(SlabKeys keys, List<Hash> roots) {
    Function<Integer, Address> provider =
        i -> {
          byte[] bytes = new byte[Address.SIZE];
          Arrays.fill(bytes, (byte) (i + 1));
          return Address.of(bytes);
        };
    List<Manifest.Shard> shards = new ArrayList<>();
    for (int i = 0; i < roots.size(); i++) {
      shards.add(new Manifest.Shard(roots.get(i), provider.apply(i)));
    }
    Manifest manifest =
        new Manifest(
            2,
            6,
            1500,
            Sha256.hash(plain(1500)),
            "text/plain",
            "Größe.txt",
            List.of(new Manifest.Slab(keys, 1500, shards)));
    Bytes bytes = manifest.encode();
    show("manifest", bytes);
    show("manifest.id", Manifest.idOf(bytes).bytes());
    Bytes key = counting(64, 32);
    Bytes sealed = SealedManifest.seal(bytes, key, counting(0, 12).toArray());
    show("sealed.key", key);
    show("sealed.nonce", counting(0, 12));
    show("sealed", sealed);
    show("sealed.id", Manifest.idOf(sealed).bytes());
  }

  private void show(String name, Bytes value) {
    show(name, HexFormat.of().formatHex(value.toArray()));
  }

  private void show(String name, String value) {
    text.append(name).append('=').append(value).append('\n');
  }

  private static Bytes counting(int first, int count) {
    byte[] bytes = new byte[count];
    for (int i = 0; i < count; i++) {
      bytes[i] = (byte) (first + i);
    }
    return Bytes.wrap(bytes);
  }

  private static byte[] plain(int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) (7 * i + (i >> 8));
    }
    return bytes;
  }
}

package org.bitcloud.chain.block;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.bitcloud.chain.Attested;
import org.bitcloud.chain.TestNetwork;
import org.bitcloud.primitives.Amount;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.MalformedException;
import org.bitcloud.primitives.merkle.MerkleTree;
import org.bitcloud.primitives.rlp.RlpWriter;
import org.bitcloud.testkit.Golden;
import org.bitcloud.testkit.Property;
import org.junit.jupiter.api.Test;

class BlockCodecTest {
  private static final Path SPEC = Path.of("..", "docs", "spec");

  private final TestNetwork network = TestNetwork.open();
  private final Block block = someBlock();

  private Block someBlock() {
    Block built =
        network.build(
            network.chain.head(),
            TestNetwork.transfer(0, 0, 1),
            TestNetwork.note(1, 0, "golden", Amount.of(5)));
    return new Block(built.header(), Bytes.ofUtf8("proof"), built.body());
  }

  @Test
  void readsBackWhatItWrites() throws Exception {
    Block again = Block.decode(block.encode());
    assertEquals(block.header(), again.header());
    assertEquals(block.sealProof(), again.sealProof());
    assertEquals(block.body().transactions(), again.body().transactions());
    assertEquals(block.encode(), again.encode());
    assertEquals(block.header(), BlockHeader.decode(block.header().encode()));
    assertEquals(block.body(), BlockBody.decode(block.body().encode()));
  }

  @Test
  void hashesTheHeaderAlone() {
    assertEquals(block.hash(), new Block(block.header(), Bytes.EMPTY, BlockBody.EMPTY).hash());
    assertNotEquals(block.hash(), block.header().withSealData(Bytes.EMPTY).hash());
  }

  @Test
  void matchesTheGoldenBlock() {
    String text =
        String.join(
            "\n",
            "header " + block.header().encode(),
            "hash " + block.hash(),
            "body " + block.body().encode(),
            "transactions root " + block.body().transactionsRoot(),
            "block " + block.encode(),
            "receipts stored "
                + Receipt.encodeAll(network.chain.receipts(executed()).orElseThrow()),
            "receipts root " + block.header().roots().receipts(),
            "");
    Golden.file(SPEC.resolve("block-golden.txt")).matches(text);
  }

  private Hash executed() {
    TestNetwork.accept(network.chain.execute(block, TestNetwork.now(block)));
    return block.hash();
  }

  @Test
  void refusesEveryTruncationAndTrailingBytes() {
    Bytes encoded = block.encode();
    for (int size = 0; size < encoded.size(); size++) {
      Bytes cut = encoded.slice(0, size);
      assertThrows(MalformedException.class, () -> Block.decode(cut));
    }
    assertThrows(
        MalformedException.class, () -> Block.decode(Bytes.concat(encoded, Bytes.of((byte) 0))));
  }

  @Test
  void neverAcceptsASecondEncodingOfABlock() {
    byte[] encoded = block.encode().toArray();
    Property.named("block encoding is canonical")
        .runs(500)
        .check(
            choices -> {
              byte[] changed = encoded.clone();
              changed[choices.below(changed.length)] ^= (byte) (1 << choices.below(8));
              try {
                assertEquals(Bytes.wrap(changed), Block.decode(Bytes.wrap(changed)).encode());
              } catch (MalformedException e) {
                assertTrue(e.getMessage() != null);
              }
            });
  }

  @Test
  void refusesTooManyAttestations() {
    Bytes many =
        RlpWriter.encode(
            out -> {
              out.beginList().beginList().endList().beginList();
              for (int i = 0; i <= BlockBody.ATTESTATIONS_MAX; i++) {
                out.bytes(Attested.of(0, 1, 2).encoded());
              }
              out.endList().endList();
            });
    assertThrows(MalformedException.class, () -> BlockBody.decode(many));
  }

  @Test
  void refusesABodyThatIsTooLong() {
    assertThrows(
        MalformedException.class,
        () -> BlockBody.decode(Bytes.wrap(new byte[BlockBody.BODY_BYTES_MAX + 1])));
  }

  @Test
  void foretellsTheEncodedSize() {
    assertEquals(block.body().encode().size(), block.body().encodedSize());
    BlockBody attested =
        new BlockBody(
            block.body().transactions(), List.of(Attested.of(0, 1, 2), Attested.of(0, 1, 2, 3, 4)));
    assertEquals(attested.encode().size(), attested.encodedSize());
    assertEquals(BlockBody.EMPTY.encode().size(), BlockBody.EMPTY.encodedSize());
  }

  @Test
  void rootsItsListsAsBinaryTrees() {
    Bytes first = block.body().transactions().get(0).encoded();
    Bytes second = block.body().transactions().get(1).encoded();
    assertEquals(
        MerkleTree.node(MerkleTree.leaf(first), MerkleTree.leaf(second)),
        block.body().transactionsRoot());
    assertEquals(Hash.ZERO, block.body().attestationsRoot());
  }
}

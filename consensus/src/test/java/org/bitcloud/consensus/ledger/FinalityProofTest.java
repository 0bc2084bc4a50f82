package org.bitcloud.consensus.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigInteger;
import java.util.List;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.MalformedException;
import org.bitcloud.testkit.Property;
import org.junit.jupiter.api.Test;

final class FinalityProofTest {
  private static final Bytes SIGNATURE = Bytes.wrap(new byte[64]);
  private static final List<FinalityProof> PROOFS =
      List.of(
          new FinalityProof.OwnSeal(),
          new FinalityProof.Depth(12),
          new FinalityProof.External("abci/2", Bytes.of((byte) 1, (byte) 2)),
          new FinalityProof.Certificate(
              3,
              9,
              Hash.ZERO,
              Bytes.of((byte) 0b1010_0000),
              new SignatureBundle.Each(List.of(SIGNATURE, SIGNATURE))),
          new FinalityProof.Certificate(
              0,
              1,
              Hash.ZERO,
              Bytes.of((byte) 0x80),
              new SignatureBundle.Aggregate(Bytes.wrap(new byte[96]))));

  @Test
  void everyKindComesBack() throws MalformedException {
    for (FinalityProof proof : PROOFS) {
      assertEquals(proof, FinalityProof.decode(proof.encode()));
    }
  }

  @Test
  void mutatedBytesComeBackAsThemselvesOrNotAtAll() {
    Property.named("finality proof")
        .runs(20_000)
        .check(
            choices -> {
              byte[] bytes = choices.pick(PROOFS).encode().toArray();
              for (int n = choices.below(3); n >= 0; n--) {
                bytes[choices.below(bytes.length)] = (byte) choices.below(256);
              }
              Bytes mutated = Bytes.wrap(bytes).slice(0, choices.between(0, bytes.length));
              try {
                assertEquals(mutated, FinalityProof.decode(mutated).encode());
              } catch (MalformedException e) {
                // Refused, as most mutations are.
              }
            });
  }

  @Test
  void refusesLongAndUnknownOnes() {
    assertThrows(
        MalformedException.class, () -> FinalityProof.decode(Bytes.wrap(new byte[1 << 20])));
    assertThrows(
        MalformedException.class, () -> FinalityProof.decode(Bytes.of((byte) 0xc1, (byte) 0x07)));
    assertThrows(
        MalformedException.class,
        () -> FinalityProof.decode(Bytes.of((byte) 0xc2, (byte) 0x80, (byte) 0x80)));
  }

  @Test
  void scoresOrderByWorkAndByTermThenView() {
    Score.Work little = new Score.Work(BigInteger.ONE);
    Score.Work much = new Score.Work(BigInteger.TEN);
    assertEquals(-1, Integer.signum(little.compareTo(much)));
    assertEquals(1, Integer.signum(new Score.View(2, 1).compareTo(new Score.View(1, 9))));
    assertEquals(-1, Integer.signum(new Score.View(2, 1).compareTo(new Score.View(2, 2))));
    assertThrows(ClassCastException.class, () -> little.compareTo(new Score.View(1, 1)));
  }
}

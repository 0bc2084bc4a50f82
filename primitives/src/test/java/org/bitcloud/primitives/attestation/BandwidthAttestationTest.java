package org.bitcloud.primitives.attestation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.MalformedException;
import org.bitcloud.primitives.crypto.KeyPair;
import org.bitcloud.primitives.crypto.Sha256;
import org.bitcloud.primitives.crypto.Signature;
import org.bitcloud.primitives.rlp.RlpWriter;
import org.bitcloud.testkit.Golden;
import org.bitcloud.testkit.Property;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class BandwidthAttestationTest {
  private static final Path SPEC = Path.of("..", "docs", "spec");
  private static final KeyPair TARGET = key(1);
  private static final List<KeyPair> CHALLENGERS = List.of(key(2), key(3), key(4));
  private static final BandwidthMeasurement MEASUREMENT =
      new BandwidthMeasurement(
          201403, 12, 5, 700, List.of(credit(3, 1_000_000), credit(699, 1), credit(701, 1L << 40)));

  private static KeyPair key(int secret) {
    byte[] bytes = new byte[32];
    bytes[31] = (byte) secret;
    return KeyPair.of(Bytes.wrap(bytes));
  }

  private static BandwidthCredit credit(long challenger, long bytes) {
    return new BandwidthCredit(challenger, bytes, Sha256.hash(Bytes.ofUtf8("run " + challenger)));
  }

  private static BandwidthAttestation valid() {
    return BandwidthAttestation.sign(MEASUREMENT, CHALLENGERS, TARGET);
  }

  @Test
  void matchesTheGoldenBytes() {
    BandwidthAttestation attestation = valid();
    String text =
        String.join(
            "\n",
            "encoding " + attestation.encoded(),
            "identity " + attestation.hash(),
            "digest of the first credit " + MEASUREMENT.creditDigest(MEASUREMENT.credits().get(0)),
            "digest of the measurement " + MEASUREMENT.digest(),
            "target " + TARGET.address(),
            "challengers " + CHALLENGERS.stream().map(KeyPair::address).toList(),
            "");
    Golden.file(SPEC.resolve("attestation-golden.txt")).matches(text);
  }

  @Test
  void tellsWhoSigned() throws Exception {
    BandwidthAttestation read = BandwidthAttestation.decode(valid().encoded());
    assertEquals(valid(), read);
    assertEquals(MEASUREMENT, read.measurement());
    assertEquals(TARGET.address(), read.signers().target());
    assertEquals(CHALLENGERS.stream().map(KeyPair::address).toList(), read.signers().challengers());
  }

  @Test
  void bindsEverySignatureToEverythingItSigns() throws Exception {
    AttestationSigners signers = valid().signers();
    for (BandwidthMeasurement other :
        List.of(
            new BandwidthMeasurement(1, 12, 5, 700, MEASUREMENT.credits()),
            new BandwidthMeasurement(201403, 13, 5, 700, MEASUREMENT.credits()),
            new BandwidthMeasurement(201403, 12, 6, 700, MEASUREMENT.credits()),
            new BandwidthMeasurement(201403, 12, 5, 702, MEASUREMENT.credits()))) {
      AttestationSigners moved = moved(other).signers();
      assertNotEquals(signers.target(), moved.target());
      for (int i = 0; i < CHALLENGERS.size(); i++) {
        assertNotEquals(signers.challengers().get(i), moved.challengers().get(i));
      }
    }
    List<BandwidthCredit> credits = new ArrayList<>(MEASUREMENT.credits());
    credits.set(0, credit(3, 2_000_000));
    AttestationSigners raised =
        moved(new BandwidthMeasurement(201403, 12, 5, 700, credits)).signers();
    assertNotEquals(signers.target(), raised.target());
    assertNotEquals(signers.challengers().get(0), raised.challengers().get(0));
    assertEquals(signers.challengers().get(1), raised.challengers().get(1));
  }

  /// The valid one's signatures over something else.
  private static BandwidthAttestation moved(BandwidthMeasurement other) {
    return BandwidthAttestation.of(
        other, challengerSignatures(), TARGET.sign(MEASUREMENT.digest()));
  }

  private static List<Signature> challengerSignatures() {
    List<Signature> signatures = new ArrayList<>();
    for (int i = 0; i < CHALLENGERS.size(); i++) {
      Hash digest = MEASUREMENT.creditDigest(MEASUREMENT.credits().get(i));
      signatures.add(CHALLENGERS.get(i).sign(digest));
    }
    return signatures;
  }

  @TestFactory
  List<DynamicTest> refusesWhatIsNoAttestation() {
    Map<String, Bytes> malformed = new LinkedHashMap<>();
    malformed.put("nothing", Bytes.EMPTY);
    malformed.put("a byte more", Bytes.concat(valid().encoded(), Bytes.of((byte) 0)));
    malformed.put("too long", Bytes.wrap(new byte[BandwidthAttestation.SIZE_MAX + 1]));
    malformed.put("no credits", with(List.of()));
    malformed.put("credits in falling order", with(List.of(row(5, 1), row(4, 1))));
    malformed.put("a seat twice", with(List.of(row(5, 1), row(5, 1))));
    malformed.put("the target's own credit", with(List.of(row(700, 1))));
    malformed.put("a credit of no bytes", with(List.of(row(5, 0))));
    List<Bytes> many = new ArrayList<>();
    for (int i = 0; i <= BandwidthMeasurement.CREDITS_MAX; i++) {
      many.add(row(i, 1));
    }
    malformed.put("too many credits", with(many));
    malformed.put("a signature of v 29", with(List.of(row(5, 1, (byte) 29, (byte) 1))));
    malformed.put("a signature with high s", with(List.of(row(5, 1, (byte) 27, (byte) 0xf0))));
    malformed.put("a signature with s zero", with(List.of(row(5, 1, (byte) 27, (byte) 0))));
    return malformed.entrySet().stream()
        .map(
            entry ->
                DynamicTest.dynamicTest(
                    entry.getKey(),
                    () ->
                        assertThrows(
                            MalformedException.class,
                            () -> BandwidthAttestation.decode(entry.getValue()))))
        .toList();
  }

  private static Bytes with(List<Bytes> credits) {
    return RlpWriter.encode(
        out -> {
          out.beginList().number(201403).number(12).number(5).number(700);
          out.beginList();
          credits.forEach(out::raw);
          out.endList().bytes(signature((byte) 27, (byte) 1)).endList();
        });
  }

  private static Bytes row(long challenger, long bytes) {
    return row(challenger, bytes, (byte) 27, (byte) 1);
  }

  private static Bytes row(long challenger, long bytes, byte v, byte highestOfS) {
    return RlpWriter.encode(
        out ->
            out.beginList()
                .number(challenger)
                .number(bytes)
                .hash(Hash.ZERO)
                .bytes(signature(v, highestOfS))
                .endList());
  }

  private static Bytes signature(byte v, byte highestOfS) {
    byte[] bytes = new byte[Signature.SIZE];
    bytes[31] = 1;
    bytes[32] = highestOfS;
    bytes[64] = v;
    return Bytes.wrap(bytes);
  }

  @Test
  void takesTheRowsThatTheRefusedOnesChange() throws Exception {
    assertEquals(
        2,
        BandwidthAttestation.decode(with(List.of(row(4, 1), row(5, 1))))
            .measurement()
            .credits()
            .size());
  }

  @Test
  void hasOneEncoding() {
    byte[] encoded = valid().encoded().toArray();
    Property.named("attestation encoding is canonical")
        .runs(500)
        .check(
            choices -> {
              byte[] changed = encoded.clone();
              changed[choices.below(changed.length)] ^= (byte) (1 << choices.below(8));
              try {
                BandwidthAttestation read = BandwidthAttestation.decode(Bytes.wrap(changed));
                assertEquals(Bytes.wrap(changed), read.reencoded());
              } catch (MalformedException e) {
                assertTrue(e.getMessage() != null);
              }
            });
  }

  @Test
  void theLargestIsWithinTheBound() {
    List<BandwidthCredit> credits = new ArrayList<>();
    List<KeyPair> keys = new ArrayList<>();
    for (int i = 0; i < BandwidthMeasurement.CREDITS_MAX; i++) {
      credits.add(
          new BandwidthCredit(Long.MAX_VALUE - 100 + i, Long.MAX_VALUE, Sha256.hash(Bytes.EMPTY)));
      keys.add(CHALLENGERS.get(0));
    }
    BandwidthMeasurement largest =
        new BandwidthMeasurement(
            Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE, credits);
    int size = BandwidthAttestation.sign(largest, keys, TARGET).size();
    assertTrue(size <= BandwidthAttestation.SIZE_MAX, "largest has " + size);
  }
}

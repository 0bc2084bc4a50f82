package org.bitcloud.primitives.crypto;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.Stream;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.MalformedException;
import org.bitcloud.primitives.Vectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What ethers signs, we sign alike with either library.
final class SignatureVectorsTest {
  static Stream<Secp256k1> implementations() {
    return Stream.of(Secp256k1.libsecp256k1().orElseThrow(), Secp256k1.bouncyCastle());
  }

  @ParameterizedTest
  @MethodSource("implementations")
  void signsRecoversAndVerifiesAsEthersDoes(Secp256k1 secp256k1) throws MalformedException {
    for (String[] row : Vectors.rows("ethers-signatures.tsv")) {
      Bytes key = Bytes.fromHex(row[0]);
      Hash digest = Hash.fromHex(row[1]);
      Signature signature = Signature.fromBytes65(Bytes.fromHex(row[2]));
      Bytes publicKey = Bytes.fromHex(row[3]).slice(1);
      assertEquals(publicKey, secp256k1.publicKey(key));
      assertEquals(signature, secp256k1.sign(digest, key));
      assertEquals(publicKey, secp256k1.recover(digest, signature));
      assertTrue(secp256k1.verify(digest, signature, publicKey));
      assertEquals(row[2], signature.toBytes65().toHex());
    }
  }
}

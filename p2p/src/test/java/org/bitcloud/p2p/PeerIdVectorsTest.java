package org.bitcloud.p2p;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.MalformedException;
import org.bitcloud.primitives.crypto.KeyPair;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Vectors of libp2p's `peer-ids.md`, with texts that js-libp2p printed.
final class PeerIdVectorsTest {
  private static final String SHA_ID = "QmYyQSo1c1Ym7orWxLYvCrM2EmxFTANf8wXmmE7DWjhx5N";

  @ParameterizedTest
  @CsvSource({
    "ED25519, 1ed1e8fae2c4a144b8be8fd4b47bf3d3b34b871c3cacf6010f0e42d474fce27e,"
        + "12D3KooWBtg3aaRMjxwedh83aGiUkwSxDwUZkzuJcfaqUmo7R3pq,"
        + "bafzaajaiaejcahwr5d5ofrfbis4l5d6uwr57hu5tjodrypfm6yaq6dsc2r2pzyt6",
    "ED25519, 8a88e3dd7409f195fd52db2d3cba5d72ca6709bf1d94121bf3748801b40f6f5c,"
        + "12D3KooWK99VoVxNE7XzyBwXEzW7xhK7Gpv85r9F3V3fyKSUKPH5,",
    "ED25519, 8139770ea87d175f56a35466c34c7ecccb8d8a91b4ee37a25df60f5b8fc9b394,"
        + "12D3KooWJWoaqZhDaoEFshF7Rh1bpY9ohihFhzcW6d69Lr2NASuq,",
    "SECP256K1, 037777e994e452c21604f91de093ce415f5432f701dd8cd1a7a6fea0e630bfca99,"
        + "16Uiu2HAmLhLvBoYaoZfaMUKuibM6ac163GwKY74c5kiSLg5KvLpY,"
        + "bafzaajiiaijcca3xo7uzjzcsyilaj6i54cj44qk7kqzpoao5rti2pjx6udtdbp6kte"
  })
  void namesAKeyAsLibp2pDoes(PeerKeyType type, String key, String base58, String cid)
      throws MalformedException {
    Bytes publicKey = Bytes.fromHex("0x" + key);
    PeerId id = PeerId.ofPublicKey(type, publicKey);
    assertEquals(base58, id.toString());
    assertEquals(id, PeerId.parse(base58));
    assertEquals(id, PeerId.decode(id.bytes()));
    assertEquals(new PeerId.Key(type, publicKey), id.publicKey().orElseThrow());
    if (cid != null) {
      assertEquals(cid, id.toCid());
      assertEquals(id, PeerId.parse(cid));
    }
  }

  @Test
  void namesAKeyPairByItsCompressedPublicKey() throws MalformedException {
    Bytes secret =
        Bytes.fromHex("0x53dadf1d5a164d6b4acdb15e24aa4c5b1d3461bdbd42abedb0a4404d56ced8fb");
    try (KeyPair key = KeyPair.of(secret)) {
      assertEquals(
          "16Uiu2HAmLhLvBoYaoZfaMUKuibM6ac163GwKY74c5kiSLg5KvLpY", PeerId.of(key).toString());
    }
  }

  @Test
  void readsAHashedIdInBothTexts() throws MalformedException {
    PeerId id = PeerId.parse(SHA_ID);
    assertEquals(id, PeerId.parse("bafzbeie5745rpv2m6tjyuugywy4d5ewrqgqqhfnf445he3omzpjbx5xqxe"));
    assertEquals(SHA_ID, id.toString());
    assertTrue(id.publicKey().isEmpty());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1",
        "b",
        "z",
        "Qm",
        "0x00",
        "12D3KooWBtg3aaRMjxwedh83aGiUkwSxDwUZkzuJcfaqUmo7R3p0", // 0 is not in the alphabet
        "12D3KooWBtg3aaRMjxwedh83aGiUkwSxDwUZkzuJcfaqUmo7R3p",
        "bafzaajiiaijcca3xo7uzjzcsyilaj6i54cj44qk7kqzpoao5rti2pjx6udtdbp6ktf", // bits left over
        "bafybeigdyrzt5sfp7udm7hu76uh7y26nf3efuylqabf3oclgtqy55fbzdi" // a CID, but not of a key
      })
  void refusesWhatIsNoPeerId(String text) {
    assertThrows(MalformedException.class, () -> PeerId.parse(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0x",
        "0x0000",
        "0x00021220",
        "0x1220aabb",
        "0x80000412200801", // padded varint
        "0x0024080112201ed1e8fae2c4a144b8be8fd4b47bf3d3b34b871c3cacf6010f0e42d474fce27e00",
        "0x0024080212201ed1e8fae2c4a144b8be8fd4b47bf3d3b34b871c3cacf6010f0e42d474fce27e"
      })
  void refusesOtherMultihashes(String hex) throws MalformedException {
    Bytes bytes = Bytes.fromHex(hex);
    assertThrows(MalformedException.class, () -> PeerId.decode(bytes));
  }
}

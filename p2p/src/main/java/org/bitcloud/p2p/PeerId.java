package org.bitcloud.p2p;

import java.io.ByteArrayOutputStream;
import java.util.Optional;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.MalformedException;
import org.bitcloud.primitives.crypto.KeyPair;

/// The name of a peer: libp2p's multihash of its public key (specs, `peer-ids.md`).
///
/// Ed25519 and secp256k1 keys stand in the id whole (identity multihash); of RSA and P-256 keys it
/// has the SHA-256. At most 39 bytes.
public final class PeerId implements Comparable<PeerId> {
  /// No peer id has more bytes: an identity multihash of a secp256k1 key.
  public static final int SIZE_MAX = 39;

  private static final int IDENTITY = 0x00;
  private static final int SHA2_256 = 0x12;
  private static final int DIGEST_SIZE = 32;
  private static final int CID_VERSION = 1;
  private static final int CODEC_LIBP2P_KEY = 0x72;
  // 39 bytes of base58 need 54 characters, a base32 CID of 41 bytes 67.
  private static final int TEXT_MAX = 80;

  private final Bytes multihash;

  private PeerId(Bytes multihash) {
    this.multihash = multihash;
  }

  /// The id of the peer that holds `key`, in the form of its type ([PeerKeyType]).
  public static PeerId ofPublicKey(PeerKeyType type, Bytes key) {
    if (key.size() != type.size()) {
      throw new IllegalArgumentException(
          type + " key of " + key.size() + " bytes, not " + type.size());
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream(SIZE_MAX);
    Varint.write(out, IDENTITY);
    Varint.write(out, 4 + type.size());
    out.write(0x08); // PublicKey.Type
    out.write(type.number());
    out.write(0x12); // PublicKey.Data
    out.write(type.size());
    out.writeBytes(key.toArray());
    return new PeerId(Bytes.wrap(out.toByteArray()));
  }

  /// The id of the peer whose host key is the secp256k1 pair `key`.
  public static PeerId of(KeyPair key) {
    return ofPublicKey(PeerKeyType.SECP256K1, key.compressedPublicKey());
  }

  /// Reads the binary form, a multihash and nothing behind it.
  public static PeerId decode(Bytes multihash) throws MalformedException {
    if (multihash.size() > SIZE_MAX) {
      throw new MalformedException("peer id of " + multihash.size() + " bytes");
    }
    ByteCursor in = new ByteCursor(multihash);
    long code = Varint.read(in);
    long length = Varint.read(in);
    Bytes digest = in.take(length);
    if (!in.atEnd()) {
      throw new MalformedException("bytes behind the peer id");
    }
    if (code == IDENTITY) {
      Key ignored = key(digest);
      return new PeerId(multihash);
    }
    if (code == SHA2_256 && length == DIGEST_SIZE) {
      return new PeerId(multihash);
    }
    throw new MalformedException("peer id with hash " + code + " of " + length + " bytes");
  }

  /// Reads the text form: base58 (`12D3Koo…`, `16Uiu2H…`, `Qm…`) or a CID of version 1 in base32
  /// (`b…`) or base58 (`z…`).
  public static PeerId parse(String text) throws MalformedException {
    if (text.isEmpty() || text.length() > TEXT_MAX) {
      throw new MalformedException("peer id text of " + text.length() + " characters");
    }
    if (text.startsWith("1") || text.startsWith("Qm")) {
      return decode(Base58.decode(text, TEXT_MAX));
    }
    String body = text.substring(1);
    return switch (text.charAt(0)) {
      case 'b' -> ofCid(Base32.decode(body));
      case 'z' -> ofCid(Base58.decode(body, TEXT_MAX));
      default -> throw new MalformedException("not a peer id: unknown base " + text.charAt(0));
    };
  }

  private static PeerId ofCid(Bytes cid) throws MalformedException {
    ByteCursor in = new ByteCursor(cid);
    if (Varint.read(in) != CID_VERSION || Varint.read(in) != CODEC_LIBP2P_KEY) {
      throw new MalformedException("not a CID of a libp2p key");
    }
    return decode(cid.slice(2, cid.size() - 2));
  }

  /// The public key that stands in the id, or empty when the id has only its hash.
  public Optional<Key> publicKey() {
    if (multihash.get(0) != IDENTITY) {
      return Optional.empty();
    }
    try {
      return Optional.of(key(multihash.slice(2, multihash.size() - 2)));
    } catch (MalformedException e) {
      throw new IllegalStateException("a peer id was made without a check", e);
    }
  }

  /// A public key with its type.
  public record Key(PeerKeyType type, Bytes bytes) {}

  // The protobuf must be the deterministic one, byte by byte, or one key would have many ids.
  private static Key key(Bytes protobuf) throws MalformedException {
    for (PeerKeyType type : PeerKeyType.values()) {
      if (protobuf.size() == 4 + type.size()
          && protobuf.get(0) == 0x08
          && protobuf.get(1) == type.number()
          && protobuf.get(2) == 0x12
          && protobuf.get(3) == type.size()) {
        return new Key(type, protobuf.slice(4, type.size()));
      }
    }
    throw new MalformedException("peer id does not hold an Ed25519 or secp256k1 key");
  }

  /// The binary form.
  public Bytes bytes() {
    return multihash;
  }

  /// The text as a CID of version 1 in base32.
  public String toCid() {
    return "b"
        + Base32.encode(
            Bytes.concat(Bytes.of((byte) CID_VERSION, (byte) CODEC_LIBP2P_KEY), multihash));
  }

  @Override
  public int compareTo(PeerId other) {
    return multihash.compareTo(other.multihash);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PeerId that && multihash.equals(that.multihash);
  }

  @Override
  public int hashCode() {
    return multihash.hashCode();
  }

  /// The usual text form, base58.
  @Override
  public String toString() {
    return Base58.encode(multihash);
  }
}

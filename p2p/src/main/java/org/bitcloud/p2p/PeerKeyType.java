package org.bitcloud.p2p;

/// The kinds of public key that a [PeerId] can hold whole, numbered as in libp2p's `keys.proto`.
public enum PeerKeyType {
  /// 32 raw bytes, RFC 8032.
  ED25519(1, 32),
  /// 33 bytes, compressed point.
  SECP256K1(2, 33);

  private final int number;
  private final int size;

  PeerKeyType(int number, int size) {
    this.number = number;
    this.size = size;
  }

  /// The number on the wire.
  public int number() {
    return number;
  }

  /// How many bytes a key of this type has.
  public int size() {
    return size;
  }
}

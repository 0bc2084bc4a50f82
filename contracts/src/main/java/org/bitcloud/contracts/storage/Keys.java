package org.bitcloud.contracts.storage;

import java.nio.ByteBuffer;
import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;

/// The keys of the corporation's entries; the first byte names the kind.
final class Keys {
  static final Bytes PARAMETERS = Bytes.of((byte) 'P');
  static final Bytes CLOCK = Bytes.of((byte) 'W');
  static final Bytes PROVIDER_COUNT = Bytes.of((byte) 'n');

  private Keys() {}

  /// A closed window.
  static Bytes window(long index) {
    return buffer('w', Long.BYTES).putLong(index).bytes();
  }

  /// Which window a valid window's ordinal belongs to.
  static Bytes ordinal(long ordinal) {
    return buffer('o', Long.BYTES).putLong(ordinal).bytes();
  }

  /// The provider that came so many-th.
  static Bytes providerAt(long index) {
    return buffer('i', Long.BYTES).putLong(index).bytes();
  }

  static Bytes provider(Address provider) {
    return buffer('p', Address.SIZE).putAddress(provider).bytes();
  }

  static Bytes priceList(Address provider) {
    return buffer('l', Address.SIZE).putAddress(provider).bytes();
  }

  static Bytes agreement(Hash id) {
    return buffer('c', Hash.SIZE).putHash(id).bytes();
  }

  static Bytes contract(Hash id) {
    return buffer('d', Hash.SIZE).putHash(id).bytes();
  }

  static Bytes contractCount(Address party) {
    return buffer('y', Address.SIZE).putAddress(party).bytes();
  }

  static Bytes contractAt(Address party, long index) {
    return buffer('x', Address.SIZE + Long.BYTES).putAddress(party).putLong(index).bytes();
  }

  /// A node of the tree of due amounts.
  static Bytes node(ProviderState provider, int level, long index) {
    return generation('t', provider, 1 + Long.BYTES).putByte(level).putLong(index).bytes();
  }

  /// The contract in a slot.
  static Bytes slot(ProviderState provider, long slot) {
    return generation('s', provider, Long.BYTES).putLong(slot).bytes();
  }

  /// A free slot on the stack of them.
  static Bytes freeSlot(ProviderState provider, long place) {
    return generation('f', provider, Long.BYTES).putLong(place).bytes();
  }

  /// The slots of contracts that end once so many valid windows have closed.
  static Bytes ends(ProviderState provider, long ordinal) {
    return generation('e', provider, Long.BYTES).putLong(ordinal).bytes();
  }

  static Bytes endedGeneration(Address provider, long generation) {
    return buffer('g', Address.SIZE + Long.BYTES).putAddress(provider).putLong(generation).bytes();
  }

  /// What a provider had accumulated when a window closed in which a contract of it changed.
  static Bytes checkpoint(Address provider, long window) {
    return buffer('a', Address.SIZE + Long.BYTES).putAddress(provider).putLong(window).bytes();
  }

  private static Key generation(char kind, ProviderState provider, int more) {
    return buffer(kind, Address.SIZE + Long.BYTES + more)
        .putAddress(provider.address)
        .putLong(provider.generation);
  }

  private static Key buffer(char kind, int more) {
    return new Key(1 + more).putByte(kind);
  }

  /// A key being put together.
  private static final class Key {
    private final byte[] array;
    private final ByteBuffer buffer;

    Key(int size) {
      this.array = new byte[size];
      this.buffer = ByteBuffer.wrap(array);
    }

    Key putByte(int value) {
      buffer.put((byte) value);
      return this;
    }

    Key putLong(long value) {
      buffer.putLong(value);
      return this;
    }

    Key putAddress(Address address) {
      buffer.put(address.bytes().asByteBuffer());
      return this;
    }

    Key putHash(Hash hash) {
      buffer.put(hash.bytes().asByteBuffer());
      return this;
    }

    Bytes bytes() {
      return Bytes.wrap(array);
    }
  }
}

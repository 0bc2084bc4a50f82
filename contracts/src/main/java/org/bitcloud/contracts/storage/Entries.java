package org.bitcloud.contracts.storage;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bitcloud.contracts.CorporationState;
import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.MalformedException;
import org.bitcloud.primitives.abi.AbiReader;
import org.bitcloud.primitives.abi.AbiWriter;

/// The corporation's entries as values.
record Entries(CorporationState state) {
  StorageParameters parameters() {
    return state.expect(Keys.PARAMETERS, "parameters", StorageParameters::decode);
  }

  Optional<WindowClock> clock() {
    return state.find(Keys.CLOCK, "window clock", WindowClock::decode);
  }

  void setClock(WindowClock clock) {
    state.write(Keys.CLOCK, clock.encode());
  }

  Optional<WindowClock> closedWindow(long index) {
    return state.find(Keys.window(index), "closed window", WindowClock::decode);
  }

  void addClosedWindow(WindowClock clock, boolean isVoid) {
    state.write(Keys.window(clock.index()), clock.encode());
    if (!isVoid) {
      state.write(Keys.ordinal(clock.ordinal()), ofNumber(clock.index()));
    }
  }

  long windowOfOrdinal(long ordinal) {
    return state.expect(Keys.ordinal(ordinal), "window of an ordinal", Entries::toNumber);
  }

  Optional<ProviderState> provider(Address provider) {
    return state.find(
        Keys.provider(provider), "provider", bytes -> ProviderState.decode(provider, bytes));
  }

  void set(ProviderState provider) {
    state.write(Keys.provider(provider.address), provider.encode());
  }

  long providerCount() {
    return number(Keys.PROVIDER_COUNT);
  }

  Address providerAt(long index) {
    return state.expect(
        Keys.providerAt(index), "list of providers", bytes -> new Address(bytes.compact()));
  }

  void addProvider(Address provider) {
    long count = providerCount();
    state.write(Keys.providerAt(count), provider.bytes());
    state.write(Keys.PROVIDER_COUNT, ofNumber(count + 1));
  }

  PriceList priceList(Address provider) {
    return state
        .find(
            Keys.priceList(provider),
            "price list",
            bytes -> AbiReader.decode(bytes, PriceList::readFields))
        .orElse(PriceList.NONE);
  }

  void setPriceList(Address provider, PriceList prices) {
    state.write(Keys.priceList(provider), AbiWriter.encode(prices::writeFields));
  }

  void removePriceList(Address provider) {
    state.delete(Keys.priceList(provider));
  }

  Optional<Agreement> agreement(Hash id) {
    return state.find(Keys.agreement(id), "agreement", bytes -> Agreement.decode(id, bytes));
  }

  void add(Agreement agreement) {
    state.write(Keys.agreement(agreement.id()), agreement.encode());
    addContractOf(agreement.renter(), agreement.id());
    if (!agreement.provider().equals(agreement.renter())) {
      addContractOf(agreement.provider(), agreement.id());
    }
  }

  private void addContractOf(Address party, Hash id) {
    long count = contractCount(party);
    state.write(Keys.contractAt(party, count), id.bytes());
    state.write(Keys.contractCount(party), ofNumber(count + 1));
  }

  long contractCount(Address party) {
    return number(Keys.contractCount(party));
  }

  Hash contractAt(Address party, long index) {
    return state.expect(
        Keys.contractAt(party, index), "list of contracts", bytes -> new Hash(bytes.compact()));
  }

  ContractState contract(Hash id) {
    return state.expect(Keys.contract(id), "contract", ContractState::decode);
  }

  void set(Hash id, ContractState contract) {
    state.write(Keys.contract(id), contract.encode());
  }

  Timeline node(ProviderState provider, int level, long index) {
    return state
        .find(Keys.node(provider, level, index), "node", Timeline::decode)
        .orElse(Timeline.ZERO);
  }

  void setNode(ProviderState provider, int level, long index, Timeline value) {
    Bytes key = Keys.node(provider, level, index);
    if (value.isZero()) {
      state.delete(key);
    } else {
      state.write(key, value.encode());
    }
  }

  Hash contractInSlot(ProviderState provider, long slot) {
    return state.expect(Keys.slot(provider, slot), "slot", bytes -> new Hash(bytes.compact()));
  }

  void setSlot(ProviderState provider, long slot, Hash id) {
    state.write(Keys.slot(provider, slot), id.bytes());
  }

  /// A slot that no contract is in; the provider's counters move on.
  long takeSlot(ProviderState provider) {
    if (provider.freeSlots == 0) {
      return provider.slots++;
    }
    Bytes key = Keys.freeSlot(provider, --provider.freeSlots);
    long slot = state.expect(key, "free slot", Entries::toNumber);
    state.delete(key);
    return slot;
  }

  void freeSlot(ProviderState provider, long slot) {
    state.delete(Keys.slot(provider, slot));
    state.write(Keys.freeSlot(provider, provider.freeSlots++), ofNumber(slot));
  }

  /// Slots of the contracts that end once so many valid windows have closed.
  List<Long> ends(ProviderState provider, long ordinal) {
    return state.find(Keys.ends(provider, ordinal), "ends", Entries::toSlots).orElse(List.of());
  }

  void setEnds(ProviderState provider, long ordinal, List<Long> slots) {
    Bytes key = Keys.ends(provider, ordinal);
    if (slots.isEmpty()) {
      state.delete(key);
    } else {
      ByteBuffer bytes = ByteBuffer.allocate(slots.size() * Integer.BYTES);
      slots.forEach(slot -> bytes.putInt(slot.intValue()));
      state.write(key, Bytes.wrap(bytes.array()));
    }
  }

  private static List<Long> toSlots(Bytes bytes) {
    ByteBuffer buffer = bytes.asByteBuffer();
    List<Long> slots = new ArrayList<>();
    while (buffer.remaining() >= Integer.BYTES) {
      slots.add(Integer.toUnsignedLong(buffer.getInt()));
    }
    return slots;
  }

  EndedGeneration endedGeneration(Address provider, long generation) {
    return state.expect(
        Keys.endedGeneration(provider, generation), "generation", EndedGeneration::decode);
  }

  void set(Address provider, long generation, EndedGeneration ended) {
    state.write(Keys.endedGeneration(provider, generation), ended.encode());
  }

  long checkpoint(Address provider, long window) {
    return state.expect(Keys.checkpoint(provider, window), "checkpoint", Entries::toNumber);
  }

  void setCheckpoint(Address provider, long window, long accumulated) {
    state.write(Keys.checkpoint(provider, window), ofNumber(accumulated));
  }

  private long number(Bytes key) {
    return state.find(key, "number", Entries::toNumber).orElse(0L);
  }

  private static Bytes ofNumber(long number) {
    return Bytes.wrap(ByteBuffer.allocate(Long.BYTES).putLong(number).array());
  }

  private static long toNumber(Bytes bytes) throws MalformedException {
    if (bytes.size() != Long.BYTES) {
      throw new MalformedException("a number has 8 bytes");
    }
    return bytes.asByteBuffer().getLong();
  }
}

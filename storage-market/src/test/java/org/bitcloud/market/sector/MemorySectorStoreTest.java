package org.bitcloud.market.sector;

final class MemorySectorStoreTest extends SectorStoreContract {
  @Override
  SectorStore create(long capacitySectors) {
    return new MemorySectorStore(capacitySectors);
  }
}

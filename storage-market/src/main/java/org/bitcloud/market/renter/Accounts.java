package org.bitcloud.market.renter;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bitcloud.contracts.storage.ContractStatus;
import org.bitcloud.contracts.storage.WindowStatus;
import org.bitcloud.market.LedgerException;
import org.bitcloud.market.MarketException;
import org.bitcloud.market.client.PostedPrices;
import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Hash;
import org.jspecify.annotations.Nullable;

/// What the renter has: objects with their expiry, contracts, and providers to choose from.
final class Accounts {
  private final Chain chain;
  private final Address renter;
  private final ObjectIndex index;

  Accounts(Chain chain, Address renter, ObjectIndex index) {
    this.chain = chain;
    this.renter = renter;
    this.index = index;
  }

  List<ListEntry> list() throws MarketException {
    List<IndexEntry> entries = index.all();
    return Chain.ask(
        () -> {
          WindowStatus window = chain.client().window();
          List<ListEntry> list = new ArrayList<>();
          for (IndexEntry entry : entries) {
            list.add(listed(entry, window));
          }
          return list;
        });
  }

  List<ContractReport> contracts() throws MarketException {
    Map<Hash, IndexEntry> objects = new HashMap<>();
    for (IndexEntry entry : index.all()) {
      entry.contracts().forEach(held -> objects.put(held.contract(), entry));
    }
    return Chain.ask(
        () -> {
          WindowStatus window = chain.client().window();
          List<ContractReport> reports = new ArrayList<>();
          for (Hash id : chain.client().contractsOf(renter)) {
            ContractStatus status = chain.client().contract(id).orElseThrow();
            @Nullable IndexEntry object = objects.get(id);
            reports.add(
                new ContractReport(
                    id,
                    object == null ? null : object.id(),
                    object == null ? "" : object.name(),
                    status,
                    ends(window, status.windowsLeft())));
          }
          return reports;
        });
  }

  List<OfferReport> providers() throws MarketException {
    chain.directory().expire();
    return Chain.ask(
        () -> {
          long height = chain.client().ledger().head().height().value();
          List<OfferReport> reports = new ArrayList<>();
          for (PostedPrices posted : chain.directory().all()) {
            reports.add(
                new OfferReport(
                    posted.provider(),
                    posted.prices(),
                    posted.prices().holdsAt(height),
                    chain.client().provider(posted.provider())));
          }
          return reports;
        });
  }

  private ListEntry listed(IndexEntry entry, WindowStatus window) throws LedgerException {
    long left = Long.MAX_VALUE;
    for (IndexEntry.Held held : entry.contracts()) {
      long windows =
          chain.client().contract(held.contract()).map(ContractStatus::windowsLeft).orElse(0L);
      left = Math.min(left, windows);
    }
    return new ListEntry(entry, ends(window, left), left == 0);
  }

  private static long ends(WindowStatus window, long windowsLeft) {
    return window.openTimeMillis() + windowsLeft * window.lengthMillis();
  }
}

package org.bitcloud.market.renter;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.bitcloud.contracts.storage.StorageCall;
import org.bitcloud.contracts.storage.StorageRule;
import org.bitcloud.market.LedgerException;
import org.bitcloud.market.MarketError;
import org.bitcloud.market.MarketException;
import org.bitcloud.market.TxReceipt;
import org.bitcloud.market.client.StorageClient;
import org.bitcloud.market.client.TransactionSender;
import org.bitcloud.market.codec.Manifest;
import org.bitcloud.market.codec.SealedManifest;
import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Amount;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.jspecify.annotations.Nullable;

/// The end of a `put`: manifest, revisions, their way on chain, and the end of contracts that are
/// not needed.
final class PutFinish {
  private static final int TRIES = 3;

  private final RenterPorts ports;
  private final Chain chain;
  private final PutLog log;
  private final PutRecord.Start start;
  private final LaneFinisher finisher;

  PutFinish(
      RenterPorts ports, Chain chain, Providers providers, PutLog log, PutRecord.Start start) {
    this.ports = ports;
    this.chain = chain;
    this.log = log;
    this.start = start;
    this.finisher = new LaneFinisher(ports.key(), chain.digests(), providers);
  }

  /// What was stored.
  ///
  /// @param id the SHA-256 of the manifest as stored
  /// @param sha256 the SHA-256 of the object
  /// @param key of a private manifest; null when it is public
  /// @param agreements the contracts that hold it
  record Done(Hash id, Hash sha256, @Nullable Bytes key, List<Agreement> agreements) {}

  Done run(List<Agreement> placed, Hash sha256) throws MarketException {
    log.meter().stage(Progress.Stage.CONFIRMING);
    Bytes manifest = manifest(placed, sha256);
    Hash id = Manifest.idOf(manifest);
    List<LaneFinisher.Signed> signed = sign(placed, manifest, id);
    post(signed);
    List<Agreement> held =
        placed.stream()
            .filter(a -> signed.stream().anyMatch(s -> s.party().contract().equals(a.id())))
            .sorted(Comparator.comparingInt(Agreement::position))
            .toList();
    endOthers(held);
    return new Done(id, sha256, key(), held);
  }

  // Once in the journal it stays: a second manifest would be a second object.
  private Bytes manifest(List<Agreement> placed, Hash sha256) throws MarketException {
    PutRecord.@Nullable Final known = log.state().last();
    if (known != null) {
      return known.manifest();
    }
    Address[] providers = new Address[start.erasure().shards()];
    java.util.Arrays.fill(providers, Address.ZERO);
    placed.forEach(a -> providers[a.position()] = a.terms().provider());
    List<Manifest.Slab> slabs = new ArrayList<>();
    for (PutRecord.Slab slab : log.state().slabs().values()) {
      List<Manifest.Shard> shards = new ArrayList<>();
      for (int i = 0; i < providers.length; i++) {
        shards.add(new Manifest.Shard(slab.roots().get(i), providers[i]));
      }
      slabs.add(new Manifest.Slab(slab.keys(), slab.length(), shards));
    }
    Bytes plain =
        new Manifest(
                start.erasure().dataShards(),
                start.erasure().shards(),
                start.size(),
                sha256,
                start.mediaType(),
                start.name(),
                slabs)
            .encode();
    Bytes key = key();
    Bytes stored = key == null ? plain : SealedManifest.seal(plain, key, ports.random());
    log.add(new PutRecord.Final(stored, sha256));
    return stored;
  }

  private @Nullable Bytes key() {
    return start.isPrivate()
        ? OwnerKeys.ofManifest(ports.key(), chain.network().genesisHash(), start.nonce())
        : null;
  }

  private List<LaneFinisher.Signed> sign(List<Agreement> placed, Bytes manifest, Hash id)
      throws MarketException {
    ConcurrentLinkedQueue<LaneFinisher.Signed> signed = new ConcurrentLinkedQueue<>();
    Parallel.forEach(
        placed,
        agreement -> {
          try {
            signed.add(sign(agreement, manifest, id));
          } catch (MarketException e) {
            log.warn(
                "provider " + agreement.terms().provider() + " did not confirm: " + e.getMessage());
          }
        });
    int needed = start.erasure().placedMin();
    if (signed.size() < needed) {
      throw new MarketException(
          MarketError.TOO_FEW_SHARDS,
          "storing "
              + start.erasure()
              + " needs "
              + needed
              + " providers that confirm, "
              + signed.size()
              + " did: "
              + String.join("; ", log.warnings())
              + "; the escrow comes back; retry when more providers are up");
    }
    return List.copyOf(signed);
  }

  private LaneFinisher.Signed sign(Agreement agreement, Bytes manifest, Hash id)
      throws MarketException {
    List<Hash> roots = new ArrayList<>();
    for (PutRecord.Slab slab : log.state().slabs().values()) {
      roots.add(slab.roots().get(agreement.position()));
    }
    for (int attempt = 1; ; attempt++) {
      try {
        return finisher.finish(agreement.counterparty(), roots, manifest, id);
      } catch (MarketException e) {
        if (attempt == TRIES || !e.error().retryable()) {
          throw e;
        }
        var _ =
            Chain.ask(
                () ->
                    chain
                        .heads()
                        .await(java.util.Optional::empty, java.time.Duration.ofSeconds(2)));
      }
    }
  }

  // A revision that does not get on chain now is posted by its provider before the window closes.
  private void post(List<LaneFinisher.Signed> signed) throws MarketException {
    List<TransactionSender.Sent> sent = new ArrayList<>();
    for (LaneFinisher.Signed one : signed) {
      try {
        sent.add(
            chain.send(
                Amount.ZERO,
                new StorageCall.Revise(
                    one.revision(), one.renter().toBytes65(), one.provider().toBytes65())));
      } catch (LedgerException e) {
        notPosted(e);
      }
    }
    for (TransactionSender.Sent one : sent) {
      try {
        TxReceipt receipt = one.await();
        log.add(new PutRecord.Fee(receipt.fee()));
      } catch (LedgerException e) {
        notPosted(e);
      }
    }
  }

  private void notPosted(LedgerException e) throws MarketException {
    if (StorageClient.isRule(e, StorageRule.REVISION_OLD)) {
      // Its provider was faster, or an earlier run of this put posted it.
      return;
    }
    if (e.retryable()) {
      throw Chain.failed(e);
    }
    log.warn("a revision was not posted, its provider will: " + e.getMessage());
  }

  private void endOthers(List<Agreement> held) throws MarketException {
    Set<Hash> needed = new HashSet<>();
    held.forEach(agreement -> needed.add(agreement.id()));
    List<Hash> others =
        log.state().agreements().stream()
            .map(Agreement::id)
            .filter(id -> !needed.contains(id))
            .toList();
    log.add(new PutRecord.Fee(new ContractEnder(chain).end(others)));
    for (Hash id : others) {
      log.add(new PutRecord.Dropped(id));
    }
  }
}

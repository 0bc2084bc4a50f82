package org.bitcloud.market.renter;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.bitcloud.market.MarketError;
import org.bitcloud.market.MarketException;
import org.bitcloud.market.client.PostedPrices;
import org.bitcloud.market.peer.PeerSession;
import org.bitcloud.market.protocol.Message;
import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.crypto.Sha256;
import org.jspecify.annotations.Nullable;

/// Storing files: begins jobs, goes on with interrupted ones, undoes failed ones.
final class Puts {
  private static final String SUFFIX = ".put";
  private static final String SPOOL = ".spool";

  private final RenterPorts ports;
  private final Chain chain;
  private final Providers providers;
  private final ObjectIndex index;
  private final Path folder;
  private final PutJob.Encoding encoding;

  Puts(
      RenterPorts ports,
      Chain chain,
      Providers providers,
      ObjectIndex index,
      Path folder,
      PutJob.Encoding encoding) {
    this.ports = ports;
    this.chain = chain;
    this.providers = providers;
    this.index = index;
    this.folder = folder;
    this.encoding = encoding;
  }

  PutResult put(PutSource source, PutOptions options, Progress progress) throws MarketException {
    return switch (source) {
      case PutSource.File s -> put(s.path().toAbsolutePath().normalize(), false, options, progress);
      case PutSource.Stream s -> {
        Path spool = spool(s);
        try {
          yield put(spool, true, options, progress);
        } finally {
          remove(spool);
        }
      }
    };
  }

  /// Undoes jobs of streams whose process died: nobody can go on with them.
  void undoOrphans() throws MarketException {
    for (Path file : journals()) {
      PutJournal journal;
      try {
        journal = PutJournal.open(file);
      } catch (MarketException e) {
        if (e.error() == MarketError.IN_PROGRESS) {
          continue;
        }
        throw e;
      }
      try (journal) {
        PutState state = PutState.of(journal.records());
        PutRecord.@Nullable Start start = state.start();
        if (start != null && start.isSpool()) {
          remove(Path.of(start.source()));
          undo(journal, new PutLog(journal, state, new ProgressMeter(Progress.NONE)));
        }
      }
    }
  }

  private PutResult put(Path file, boolean isSpool, PutOptions options, Progress progress)
      throws MarketException {
    SlabSource.Facts facts = SlabSource.look(file);
    ProgressMeter meter = new ProgressMeter(progress);
    meter.totals(facts.size(), 0, 0);
    try (PutJournal journal = PutJournal.open(journalOf(file))) {
      PutLog log = new PutLog(journal, PutState.of(journal.records()), meter);
      PutRecord.@Nullable Start before = log.state().start();
      if (before != null && !continues(before, facts, options)) {
        // Another content or another wish: what was begun is undone first.
        undo(journal, log);
        return put(file, isSpool, options, progress);
      }
      if (before == null) {
        Placement.Plan plan = planOrForget(journal, facts, options);
        log.add(begin(file, isSpool, facts, options, plan));
        return run(file, journal, log, plan.candidates());
      }
      log.warn("going on with an interrupted put of this file");
      return run(file, journal, log, new Placement(chain).candidates(before));
    }
  }

  private Placement.Plan planOrForget(
      PutJournal journal, SlabSource.Facts facts, PutOptions options) throws MarketException {
    try {
      return plan(facts, options);
    } catch (MarketException e) {
      journal.delete();
      throw e;
    }
  }

  private Placement.Plan plan(SlabSource.Facts facts, PutOptions options) throws MarketException {
    Placement placement = new Placement(chain);
    Placement.Plan plan = placement.plan(facts.size(), options);
    placement.checkMeans(placement.estimate(plan), options);
    return plan;
  }

  private PutResult run(Path file, PutJournal journal, PutLog log, List<PostedPrices> candidates)
      throws MarketException {
    Set<Address> inUse = new HashSet<>();
    log.state().agreements().forEach(agreement -> inUse.add(agreement.terms().provider()));
    ArrayDeque<PostedPrices> free = new ArrayDeque<>(candidates);
    free.removeIf(candidate -> inUse.contains(candidate.provider()));
    try {
      PutFinish.Done done = new PutJob(ports, chain, providers, file, log, free, encoding).run();
      PutResult result = result(log, done);
      index.put(entry(log, done, result));
      journal.delete();
      log.meter().stage(Progress.Stage.DONE);
      return result;
    } catch (MarketException e) {
      throw undone(journal, log, e);
    }
  }

  private MarketException undone(PutJournal journal, PutLog log, MarketException cause) {
    if (cause.error() == MarketError.LEDGER_UNAVAILABLE) {
      // Nothing is wrong with what was done so far.
      return new MarketException(
          cause.error(), cause.getMessage() + "; run the same put again to go on", cause);
    }
    try {
      undo(journal, log);
      return cause;
    } catch (MarketException e) {
      cause.addSuppressed(e);
      return new MarketException(
          cause.error(),
          cause.getMessage()
              + "; its contracts could not be ended now ("
              + e.getMessage()
              + "), run the same put again to go on or clean up",
          cause);
    }
  }

  // The providers drop what waits for a revision, the chain gives the escrow back.
  private void undo(PutJournal journal, PutLog log) throws MarketException {
    log.meter().stage(Progress.Stage.UNDOING);
    List<Agreement> agreements = log.state().agreements();
    Parallel.forEach(agreements, this::discard);
    var _ = new ContractEnder(chain).end(agreements.stream().map(Agreement::id).toList());
    journal.delete();
  }

  private void discard(Agreement agreement) {
    try (PeerSession session =
        providers.sectors(agreement.terms().provider(), agreement.endpoint())) {
      Message _ = session.call(new Message.DeleteSector(agreement.id(), Hash.ZERO));
    } catch (MarketException e) {
      // It drops them by itself when it sees that the contract has ended.
    }
  }

  private PutRecord.Start begin(
      Path file, boolean isSpool, SlabSource.Facts facts, PutOptions options, Placement.Plan plan) {
    return new PutRecord.Start(
        file.toString(),
        facts.size(),
        facts.modifiedMillis(),
        isSpool,
        plan.erasure(),
        plan.windows(),
        plan.sectorsEach(),
        ports.random().nextLong() >>> 1,
        options.isPrivate(),
        options.name(),
        options.mediaType());
  }

  private static boolean continues(
      PutRecord.Start before, SlabSource.Facts facts, PutOptions options) {
    Erasure wished = options.erasure();
    return before.size() == facts.size()
        && before.modifiedMillis() == facts.modifiedMillis()
        && before.isPrivate() == options.isPrivate()
        && before.name().equals(options.name())
        && before.mediaType().equals(options.mediaType())
        && (wished == null || wished.equals(before.erasure()));
  }

  private static PutResult result(PutLog log, PutFinish.Done done) {
    PutRecord.Start start = java.util.Objects.requireNonNull(log.state().start());
    var escrow = org.bitcloud.primitives.Amount.ZERO;
    long endWindow = Long.MAX_VALUE;
    for (Agreement agreement : done.agreements()) {
      escrow = escrow.plus(agreement.terms().escrow());
      endWindow = Math.min(endWindow, agreement.terms().endWindow());
    }
    List<String> warnings = new ArrayList<>(log.warnings());
    double chance = start.erasure().availability(0.75);
    if (chance < 0.9999) {
      warnings.add(
          "with "
              + start.erasure()
              + " and providers that are up three quarters of the time the"
              + " object can be read "
              + Math.floor(chance * 1e5) / 1e3
              + " % of the time");
    }
    return new PutResult(
        done.id(),
        done.sha256(),
        start.size(),
        start.erasure(),
        done.agreements().size(),
        escrow,
        log.state().fees(),
        endWindow,
        done.key(),
        warnings);
  }

  private IndexEntry entry(PutLog log, PutFinish.Done done, PutResult result) {
    PutRecord.Start start = java.util.Objects.requireNonNull(log.state().start());
    return new IndexEntry(
        done.id(),
        start.name(),
        start.mediaType(),
        start.size(),
        done.sha256(),
        ports.clock().millis(),
        start.erasure(),
        done.key(),
        done.agreements().stream()
            .map(
                a ->
                    new IndexEntry.Held(
                        a.position(), a.terms().provider(), a.id(), a.terms().endWindow()))
            .toList(),
        result.escrow(),
        result.fees());
  }

  private Path journalOf(Path file) {
    Hash name = Sha256.hash(Bytes.ofUtf8(file.toString()));
    return folder.resolve(HexFormat.of().formatHex(name.toArray(), 0, 16) + SUFFIX);
  }

  private List<Path> journals() throws MarketException {
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, "*" + SUFFIX)) {
      found.forEach(files::add);
    } catch (IOException e) {
      throw local(e);
    }
    return files;
  }

  private Path spool(PutSource.Stream source) throws MarketException {
    byte[] name = new byte[12];
    ports.random().nextBytes(name);
    Path spool = folder.resolve(HexFormat.of().formatHex(name) + SPOOL).toAbsolutePath();
    try (FileChannel channel = DurableFile.openPrivate(spool);
        OutputStream out = Channels.newOutputStream(channel)) {
      long _ = source.in().transferTo(out);
      return spool;
    } catch (IOException e) {
      remove(spool);
      throw new MarketException(
          MarketError.SOURCE_UNREADABLE, "the stream could not be copied: " + e.getMessage(), e);
    }
  }

  private static void remove(Path spool) throws MarketException {
    try {
      boolean _ = Files.deleteIfExists(spool);
    } catch (IOException e) {
      throw local(e);
    }
  }

  private static MarketException local(IOException e) {
    return new MarketException(
        MarketError.LOCAL_STORAGE, "the renter's folder: " + e.getMessage(), e);
  }
}

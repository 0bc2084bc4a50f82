package org.bitcloud.market.provider;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.concurrent.Semaphore;
import org.bitcloud.market.MarketError;
import org.bitcloud.market.Session;
import org.bitcloud.market.protocol.FrameWriter;
import org.bitcloud.market.protocol.Message;
import org.bitcloud.market.protocol.ProviderMachine;
import org.bitcloud.market.sector.SectorStore;
import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Serves the sessions that the wire accepts, within the limits.
final class SessionServer {
  private static final Logger LOG = LoggerFactory.getLogger(SessionServer.class);

  private final Hash genesisHash;
  private final Address provider;
  private final SecureRandom random;
  private final ProviderLimits limits;
  private final SessionGate gate;
  private final Semaphore writes;
  private final RequestDesk desk;
  private final Intakes intakes;

  /// What intakes of sectors need.
  record Intakes(ContractDesk contracts, SectorStore sectors, SectorKeeper keeper) {}

  SessionServer(
      Hash genesisHash,
      Address provider,
      SecureRandom random,
      ProviderLimits limits,
      RequestDesk desk,
      Intakes intakes) {
    this.genesisHash = genesisHash;
    this.provider = provider;
    this.random = random;
    this.limits = limits;
    this.gate = new SessionGate(limits);
    this.writes = new Semaphore(limits.writes(), true);
    this.desk = desk;
    this.intakes = intakes;
  }

  int sessions() {
    return gate.count();
  }

  /// Serves one session to its end, in the caller's thread.
  void serve(Session session, FailureSink failures) {
    String remote = session.remote();
    if (!gate.enter(remote)) {
      refuse(session);
      return;
    }
    try {
      session.idleTimeout(limits.idle());
      byte[] nonce = new byte[Message.Challenge.NONCE_BYTES];
      random.nextBytes(nonce);
      SectorIntake intake =
          new SectorIntake(intakes.contracts, intakes.sectors, intakes.keeper, writes);
      new SessionLoop(new ProviderMachine(genesisHash, provider, Bytes.wrap(nonce)), desk, intake)
          .run(session);
    } catch (IOException e) {
      // Peers come and go; what they wrote halfway is gone with the intake.
      LOG.debug("session of {} broke off: {}", remote, e.getMessage());
    } catch (RuntimeException e) {
      // A thread root: after a failed write of the book nothing more may be signed.
      failures.failed("session", e);
    } finally {
      gate.leave(remote);
    }
  }

  private static void refuse(Session session) {
    try {
      FrameWriter writer = new FrameWriter(session.out());
      writer.write(new Message.Refused(MarketError.BUSY, "too many sessions; try again later"));
      writer.flush();
    } catch (IOException e) {
      LOG.debug("could not refuse a session: {}", e.getMessage());
    }
  }
}

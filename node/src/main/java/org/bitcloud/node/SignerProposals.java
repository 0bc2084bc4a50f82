package org.bitcloud.node;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import org.bitcloud.chain.ChainView;
import org.bitcloud.chain.Subscription;
import org.bitcloud.consensus.CommandResult;
import org.bitcloud.consensus.poa.SignerControl;
import org.bitcloud.consensus.poa.SignerStatus;
import org.bitcloud.consensus.validator.ValidatorSet;
import org.bitcloud.market.renter.DurableFile;
import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.MalformedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What the operator of a `poa` signer votes for, kept in a file across restarts until it is so.
public final class SignerProposals implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SignerProposals.class);
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String ADD = "add";
  private static final String REMOVE = "remove";

  private final Path file;
  private final SignerControl control;
  private final ChainView chain;
  private final ValidatorSet genesis;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Address, Boolean> proposals = new TreeMap<>(); // whether it adds
  private Subscription following = () -> {};

  private SignerProposals(Path file, SignerControl control, ChainView chain, ValidatorSet genesis) {
    this.file = file;
    this.control = control;
    this.chain = chain;
    this.genesis = genesis;
  }

  /// Opens the file, tells the engine what it says, and follows the chain until it is closed.
  ///
  /// @param genesis the first signers
  /// @throws ServiceException where the file cannot be read
  static SignerProposals open(
      Path file, SignerControl control, ChainView chain, ValidatorSet genesis)
      throws ServiceException {
    SignerProposals opened = new SignerProposals(file, control, chain, genesis);
    try {
      for (Map.Entry<Address, Boolean> kept : opened.read().entrySet()) {
        var _ = opened.propose(kept.getKey(), kept.getValue());
      }
    } catch (IOException | MalformedException e) {
      throw new ServiceException(
          "cannot read " + file + ": " + e.getMessage() + " (mend or delete it)", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ServiceException("interrupted while starting", e);
    }
    opened.following = chain.subscribe(_ -> opened.forgetSettled());
    return opened;
  }

  private Map<Address, Boolean> read() throws IOException, MalformedException {
    Map<Address, Boolean> kept = new TreeMap<>();
    Bytes content = DurableFile.read(file);
    if (content == null) {
      return kept;
    }
    for (Map.Entry<String, JsonNode> entry : JSON.readTree(content.toArray()).properties()) {
      String kind = entry.getValue().asText();
      if (!kind.equals(ADD) && !kind.equals(REMOVE)) {
        throw new MalformedException("a proposal is add or remove, not " + kind);
      }
      kept.put(Address.fromHex(entry.getKey()), kind.equals(ADD));
    }
    return kept;
  }

  /// Votes for a new signer, or for a signer to go.
  ///
  /// @param adds whether the subject shall sign
  /// @throws IOException where it cannot be kept; the vote counts until the node stops
  public CommandResult propose(Address subject, boolean adds)
      throws IOException, InterruptedException {
    CommandResult result = control.propose(subject, adds);
    if (result.done()) {
      lock.lock();
      try {
        proposals.put(subject, adds);
        write();
      } finally {
        lock.unlock();
      }
    }
    return result;
  }

  /// Votes no more, and takes back a vote that has not passed yet.
  ///
  /// @throws IOException where the file cannot be written; the proposal comes back at a restart
  public CommandResult discard(Address subject) throws IOException, InterruptedException {
    CommandResult result = control.discard(subject);
    lock.lock();
    try {
      if (proposals.remove(subject) != null) {
        write();
      }
    } finally {
      lock.unlock();
    }
    return result;
  }

  /// What is proposed: by subject, whether it shall sign.
  public Map<Address, Boolean> proposals() {
    lock.lock();
    try {
      return new TreeMap<>(proposals);
    } finally {
      lock.unlock();
    }
  }

  /// Who signs after the head, and what is being voted on.
  public SignerStatus status() {
    return SignerStatus.after(chain.head(), genesis);
  }

  private void forgetSettled() {
    lock.lock();
    try {
      if (proposals.isEmpty()) {
        return;
      }
      SignerStatus status = status();
      if (proposals.entrySet().removeIf(it -> status.signs(it.getKey()) == it.getValue())) {
        write();
      }
    } catch (IOException e) {
      LOG.warn("cannot write {}: proposals that are decided come back at a restart", file, e);
    } finally {
      lock.unlock();
    }
  }

  private void write() throws IOException {
    ObjectNode content = JSON.createObjectNode();
    proposals.forEach((subject, adds) -> content.put(subject.checksum(), adds ? ADD : REMOVE));
    DurableFile.write(file, Bytes.wrap(JSON.writeValueAsBytes(content)));
  }

  /// Stops following the chain.
  @Override
  public void close() {
    following.close();
  }
}

package org.bitcloud.consensus.poa;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.bitcloud.consensus.CommandResult;
import org.bitcloud.consensus.Input;
import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.MalformedException;

/// What the operator of a signer wants to vote for: one wish a subject, in the order of asking. A
/// wish stays until the signers are as it wants them, so it outlives an epoch and an undone block.
final class Ballot {
  private static final int WISHES_MAX = 64;

  private final Map<Address, Vote> wishes = new LinkedHashMap<>();

  /// Takes the command `vote` with `kind` and `subject`, or `discard` with `subject`.
  ///
  /// @param voter this node's signer
  /// @param signers after the head
  CommandResult command(Input.Command command, Address voter, Signers signers) {
    String kind = command.arguments().getOrDefault("kind", "");
    try {
      Address subject = Address.fromHex(command.arguments().getOrDefault("subject", ""));
      return switch (command.name()) {
        case "vote" ->
            vote(
                new Vote(Vote.Kind.valueOf(kind.toUpperCase(Locale.ROOT)), subject),
                voter,
                signers);
        case "discard" -> discard(subject, voter, signers);
        default -> new CommandResult(false, "the poa engine knows only: vote, discard");
      };
    } catch (IllegalArgumentException e) {
      return new CommandResult(false, "kind must be add, remove or withdraw");
    } catch (MalformedException e) {
      return new CommandResult(false, "subject is no address: " + e.getMessage());
    }
  }

  private CommandResult vote(Vote vote, Address voter, Signers signers) {
    if (signers.isSettled(voter, vote)) {
      return new CommandResult(
          false,
          switch (vote.kind()) {
            case ADD -> vote.subject().checksum() + " signs already";
            case REMOVE -> vote.subject().checksum() + " does not sign";
            case WITHDRAW -> "there is no vote to take back";
          });
    }
    if (wishes.size() >= WISHES_MAX && !wishes.containsKey(vote.subject())) {
      return new CommandResult(false, "too many votes wait");
    }
    wishes.put(vote.subject(), vote);
    return new CommandResult(true, "in the next block in which it can count");
  }

  private CommandResult discard(Address subject, Address voter, Signers signers) {
    Vote withdrawal = new Vote(Vote.Kind.WITHDRAW, subject);
    boolean wished = wishes.remove(subject) != null;
    if (!signers.isSettled(voter, withdrawal)) {
      wishes.put(subject, withdrawal);
      return new CommandResult(true, "the vote is taken back in the next block of this signer");
    }
    return new CommandResult(wished, wished ? "forgotten" : "nothing is proposed on it");
  }

  /// The first wish that can count.
  Optional<Vote> next(Address voter, Signers signers) {
    return wishes.values().stream()
        .filter(vote -> signers.refusal(voter, vote).isEmpty())
        .findFirst();
  }

  /// Forgets what the signers are as wished.
  void settle(Address voter, Signers signers) {
    wishes.values().removeIf(vote -> signers.isSettled(voter, vote));
  }
}

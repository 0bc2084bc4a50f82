package org.bitcloud.consensus.poa;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.bitcloud.consensus.CommandResult;
import org.bitcloud.consensus.Input;
import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.MalformedException;

/// What the operator of a signer wants to vote for: one wish a subject, in the order of asking.
final class Ballot {
  private static final int WISHES_MAX = 64;

  private final Map<Address, Vote> wishes = new LinkedHashMap<>();

  /// Takes the command `vote` with `kind` and `subject`.
  CommandResult command(Input.Command command) {
    String kind = command.arguments().get("kind");
    String subject = command.arguments().get("subject");
    if (!command.name().equals("vote") || kind == null || subject == null) {
      return new CommandResult(false, "the poa engine knows only: vote, with kind and subject");
    }
    try {
      Vote vote =
          new Vote(Vote.Kind.valueOf(kind.toUpperCase(Locale.ROOT)), Address.fromHex(subject));
      if (wishes.size() >= WISHES_MAX && !wishes.containsKey(vote.subject())) {
        return new CommandResult(false, "too many votes wait");
      }
      wishes.put(vote.subject(), vote);
      return new CommandResult(true, "in the next block in which it can count");
    } catch (IllegalArgumentException e) {
      return new CommandResult(false, "kind must be add, remove or withdraw");
    } catch (MalformedException e) {
      return new CommandResult(false, "subject is no address: " + e.getMessage());
    }
  }

  /// The first wish that can count.
  Optional<Vote> next(Address voter, Signers signers) {
    return wishes.values().stream()
        .filter(vote -> signers.refusal(voter, vote).isEmpty())
        .findFirst();
  }

  /// Forgets a wish that is in a block.
  void cast(Vote vote) {
    wishes.remove(vote.subject(), vote);
  }
}

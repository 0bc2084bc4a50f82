package org.bitcloud.node.control;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Map;
import org.bitcloud.consensus.CommandResult;
import org.bitcloud.consensus.poa.SignerStatus;
import org.bitcloud.node.SignerProposals;
import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.MalformedException;

/// Votes of a `poa` signer on others.
public final class SignerActions {
  private final SignerProposals proposals;

  private SignerActions(SignerProposals proposals) {
    this.proposals = proposals;
  }

  /// The actions by path: `signers/propose` with `subject` and `kind` (`add` or `remove`),
  /// `signers/discard` with `subject`, `signers/list`.
  public static Map<String, ControlAction> of(SignerProposals proposals) {
    SignerActions actions = new SignerActions(proposals);
    return Map.of(
        "signers/propose", actions::propose,
        "signers/discard", actions::discard,
        "signers/list", _ -> actions.list());
  }

  private ObjectNode propose(ObjectNode request) throws ControlException {
    String kind = request.path("kind").asText();
    if (!kind.equals("add") && !kind.equals("remove")) {
      throw new ControlException("say add or remove, not \"" + kind + "\"");
    }
    Address subject = subject(request);
    return ask(() -> proposals.propose(subject, kind.equals("add")));
  }

  private ObjectNode discard(ObjectNode request) throws ControlException {
    Address subject = subject(request);
    return ask(() -> proposals.discard(subject));
  }

  private interface Question {
    CommandResult ask() throws IOException, InterruptedException;
  }

  private ObjectNode ask(Question question) throws ControlException {
    try {
      CommandResult result = question.ask();
      if (!result.done()) {
        throw new ControlException(result.text());
      }
      return list().put("answer", result.text());
    } catch (IOException e) {
      throw new ControlException("it will be forgotten at a restart: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ControlException("the node is stopping", e);
    }
  }

  private static Address subject(ObjectNode request) throws ControlException {
    try {
      return Address.fromHex(request.path("subject").asText());
    } catch (MalformedException e) {
      throw new ControlException(String.valueOf(e.getMessage()), e);
    }
  }

  private ObjectNode list() {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    fill(node, proposals.status());
    ArrayNode own = node.putArray("proposals");
    proposals
        .proposals()
        .forEach(
            (subject, adds) ->
                own.addObject()
                    .put("subject", subject.checksum())
                    .put("kind", adds ? "add" : "remove"));
    return node;
  }

  /// Describes who signs and what is voted on.
  public static void fill(ObjectNode node, SignerStatus status) {
    ArrayNode signers = node.putArray("signers");
    status.signers().forEach(signer -> signers.add(signer.checksum()));
    ArrayNode recent = node.putArray("recent");
    status.recent().forEach(signer -> recent.add(signer.checksum()));
    ArrayNode votes = node.putArray("votes");
    status
        .votes()
        .forEach(
            (subject, voters) -> {
              ObjectNode vote = votes.addObject().put("subject", subject.checksum());
              vote.put("kind", status.signs(subject) ? "remove" : "add");
              ArrayNode by = vote.putArray("voters");
              voters.forEach(voter -> by.add(voter.checksum()));
            });
  }
}

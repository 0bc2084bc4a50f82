package org.bitcloud.node.rpc;

import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Short answers about the head's state, kept until the head changes. Safe for any number of
/// threads.
///
/// At most 65,536 answers (some 20 MB) are kept, and none of an earlier head.
final class HeadAnswers {
  private static final int ANSWERS_MAX = 65_536;

  private final Supplier<Object> head;
  private volatile OfHead latest;

  /// @param head an object that changes with every commit
  HeadAnswers(Supplier<Object> head) {
    this.head = head;
    this.latest = new OfHead(head.get(), new ConcurrentHashMap<>());
  }

  /// The answers of one head.
  record OfHead(Object head, ConcurrentHashMap<String, String> answers) {
    @Nullable String find(String question) {
      return answers.get(question);
    }

    void keep(String question, String answer) {
      if (answers.size() < ANSWERS_MAX) {
        answers.put(question, answer);
      }
    }
  }

  /// The answers of the head of this moment. What is read from the chain after this call is at that
  /// head or a later one, never behind, and may be kept here.
  ///
  /// By identity: every commit makes new heads, so that a head which comes back after a
  /// reorganisation does not bring back what was read in between.
  @SuppressWarnings("ReferenceEquality")
  OfHead now() {
    Object seen = head.get();
    OfHead now = latest;
    if (now.head != seen) {
      now = new OfHead(seen, new ConcurrentHashMap<>());
      latest = now;
    }
    return now;
  }
}

package org.bitcloud.consensus.runtime;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.bitcloud.consensus.Input;
import org.jspecify.annotations.Nullable;

/// The bounded queue before an engine.
///
/// What comes from outside is refused when the queue is full. Answers to the engine's own effects
/// always have room: there are no more of them than effects that the engine has begun.
final class Mailbox {
  private record Letter(Input input, boolean external) {}

  private final Semaphore room;
  private final LinkedBlockingQueue<Letter> letters = new LinkedBlockingQueue<>();

  /// Room for `externalMax` inputs from outside.
  Mailbox(int externalMax) {
    this.room = new Semaphore(externalMax);
  }

  /// Adds an input from outside, or returns false when there is no room.
  boolean offer(Input input) {
    return room.tryAcquire() && letters.add(new Letter(input, true));
  }

  /// Adds an answer to an effect.
  void answer(Input input) {
    letters.add(new Letter(input, false));
  }

  /// The next input, or null when none comes within `nanosMax`.
  @Nullable Input poll(long nanosMax) throws InterruptedException {
    Letter letter = letters.poll(nanosMax, TimeUnit.NANOSECONDS);
    if (letter == null) {
      return null;
    }
    if (letter.external()) {
      room.release();
    }
    return letter.input();
  }
}

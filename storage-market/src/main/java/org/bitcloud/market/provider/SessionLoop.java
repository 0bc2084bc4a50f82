package org.bitcloud.market.provider;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.util.List;
import org.bitcloud.market.MarketException;
import org.bitcloud.market.Session;
import org.bitcloud.market.protocol.FrameReader;
import org.bitcloud.market.protocol.FrameWriter;
import org.bitcloud.market.protocol.Message;
import org.bitcloud.market.protocol.MessageCodec;
import org.bitcloud.market.protocol.Output;
import org.bitcloud.market.protocol.ProviderMachine;
import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.MalformedException;
import org.jspecify.annotations.Nullable;

/// Drives one session of the provider: frames in, machine, requests done, frames out.
final class SessionLoop {
  private final ProviderMachine machine;
  private final RequestDesk desk;
  private final SectorIntake intake;

  SessionLoop(ProviderMachine machine, RequestDesk desk, SectorIntake intake) {
    this.machine = machine;
    this.desk = desk;
    this.intake = intake;
  }

  /// Serves the session until either side ends it.
  ///
  /// @throws IOException when the peer is gone or too slow
  void run(Session session) throws IOException {
    FrameReader reader = new FrameReader(new BufferedInputStream(session.in(), 64 * 1024));
    FrameWriter writer = new FrameWriter(session.out());
    try (intake) {
      while (!machine.isOver()) {
        @Nullable List<Output> outputs = step(reader);
        if (outputs == null) {
          return;
        }
        for (Output output : outputs) {
          perform(output, writer);
        }
      }
    }
  }

  private @Nullable List<Output> step(FrameReader reader) throws IOException {
    try {
      @Nullable Bytes frame = reader.next();
      return frame == null ? null : machine.step(MessageCodec.decode(frame));
    } catch (MalformedException e) {
      return machine.malformed(String.valueOf(e.getMessage()));
    }
  }

  private void perform(Output output, FrameWriter writer) throws IOException {
    switch (output) {
      case Output.Send send -> writer.write(send.message());
      case Output.End end -> writer.write(new Message.Refused(end.error(), end.detail()));
      case Output.Perform work -> {
        if (!answer(work.request(), work.renter(), writer)) {
          return;
        }
      }
      case Output.Answer _, Output.Received _, Output.Failed _ ->
          throw new IllegalStateException("not an output of a provider: " + output);
    }
    writer.flush();
  }

  // Returns whether something was written: pieces of a sector have no answers.
  private boolean answer(Message request, @Nullable Address renter, FrameWriter writer)
      throws IOException {
    try {
      switch (request) {
        case Message.WriteSector m when renter != null -> {
          intake.begin(m, renter);
          return false;
        }
        case Message.Chunk m -> {
          intake.append(m.data());
          return false;
        }
        case Message.EndWrite m -> writer.write(intake.finish(m.root()));
        default -> desk.perform(request, renter, writer);
      }
    } catch (MarketException e) {
      writer.write(new Message.Refused(e.error(), String.valueOf(e.getMessage())));
    }
    return true;
  }
}

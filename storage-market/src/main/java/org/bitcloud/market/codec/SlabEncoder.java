package org.bitcloud.market.codec;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import org.bitcloud.market.sector.Sector;

/// Makes the masked shards of one slab after the other out of a stream, and hands them out on the
/// way.
///
/// It holds 64 KiB of every shard for each of 2 × parallelism stretches, about 14 MiB at 10 of 30
/// and parallelism 2, however long the stream is. For one thread; that thread reads the stream and
/// feeds the sink, while the executor's threads compute.
public final class SlabEncoder {
  private final ErasureCode code;
  private final Executor executor;
  private final int window;
  private final ArrayDeque<SlabSpan> free = new ArrayDeque<>();

  /// An encoder that keeps so many tasks in the executor; `Runnable::run` computes in the caller.
  ///
  /// @throws IllegalArgumentException if the parallelism is not positive
  public SlabEncoder(ErasureCode code, Executor executor, int parallelism) {
    if (parallelism < 1) {
      throw new IllegalArgumentException("parallelism must be positive: " + parallelism);
    }
    this.code = code;
    this.executor = executor;
    window = 2 * parallelism;
  }

  private record Pending(SlabSpan span, CompletableFuture<Void> done) {}

  /// Encodes the next slab: as much of the stream as one can hold.
  ///
  /// @param keys fresh keys, never used for another slab
  /// @return the slab, with length 0 when the stream had ended and nothing went to the sink
  /// @throws IOException if the stream or the sink fails; the slab is lost then
  public EncodedSlab encode(InputStream in, SlabKeys keys, ShardSink sink) throws IOException {
    SlabSpan first = takeSpan();
    boolean more = first.fill(in, 0);
    if (first.length() == 0) {
      free.add(first);
      return new EncodedSlab(keys, 0, 0, List.of());
    }
    SlabWork work = SlabWork.of(keys, code.shards(), more ? Sector.LEAVES : first.leafCount());
    ArrayDeque<Pending> pending = new ArrayDeque<>();
    pending.add(submit(first, work));
    int length = first.length();
    int leaves = first.leafCount();
    while (!pending.isEmpty()) {
      while (more && pending.size() < window && leaves < Sector.LEAVES) {
        SlabSpan span = takeSpan();
        more = span.fill(in, leaves);
        if (span.length() == 0) {
          free.add(span);
        } else {
          length += span.length();
          leaves += span.leafCount();
          pending.add(submit(span, work));
        }
      }
      Pending next = pending.remove();
      await(next.done);
      next.span.drain(sink);
      free.add(next.span);
    }
    return new EncodedSlab(keys, length, leaves * Sector.LEAF_BYTES, work.roots(leaves));
  }

  private SlabSpan takeSpan() {
    SlabSpan span = free.poll();
    return span == null ? new SlabSpan(code) : span;
  }

  private Pending submit(SlabSpan span, SlabWork work) {
    return new Pending(span, CompletableFuture.runAsync(() -> span.encode(work), executor));
  }

  private static void await(CompletableFuture<Void> done) {
    try {
      var _ = done.join();
    } catch (CompletionException e) {
      // What computes throws nothing checked: this is a bug or the end of memory.
      throw new IllegalStateException("a slab cannot be encoded", e.getCause());
    }
  }
}

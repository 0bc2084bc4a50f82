package org.bitcloud.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/// Runs every benchmark for an instant, so that none rots; the figures mean nothing.
class BenchmarksRunTest {
  @Test
  void runsEveryBenchmarkOnce() throws Exception {
    var options =
        new OptionsBuilder()
            .include("org\\.bitcloud\\.benchmarks\\..*")
            .forks(0)
            .threads(1)
            .warmupIterations(0)
            .measurementIterations(1)
            .measurementTime(TimeValue.milliseconds(1))
            .param("library", "native", "fallback")
            .param("keys", "1000")
            .param("erasure", "2/6")
            .shouldFailOnError(true)
            .build();
    Collection<RunResult> results = new Runner(options).run();
    Set<String> classes = new TreeSet<>();
    for (RunResult result : results) {
      double score = result.getPrimaryResult().getScore();
      assertTrue(score > 0, () -> result.getParams().getBenchmark() + " ran at " + score);
      String name = result.getParams().getBenchmark();
      String type = name.substring(0, name.lastIndexOf('.'));
      classes.add(type.substring(type.lastIndexOf('.') + 1));
    }
    assertEquals(
        Set.of(
            "AttestationBenchmark",
            "BlockValidationBenchmark",
            "CodecBenchmark",
            "DecodeBenchmark",
            "HeaderBenchmark",
            "MerkleBenchmark",
            "PoolBenchmark",
            "RecoverBenchmark",
            "StateBenchmark",
            "StoreBenchmark"),
        classes);
  }
}

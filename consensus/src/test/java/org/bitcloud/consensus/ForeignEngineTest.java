package org.bitcloud.consensus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.OutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.bitcloud.consensus.runtime.EngineHeaderRules;
import org.bitcloud.consensus.runtime.Signer;
import org.bitcloud.consensus.validator.ValidatorSet;
import org.bitcloud.consensus.validator.ValidatorSource;
import org.bitcloud.primitives.Hash;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An engine that comes in a jar of its own.
final class ForeignEngineTest {
  private static final String SERVICE =
      "META-INF/services/org.bitcloud.consensus.ConsensusEngineProvider";

  @TempDir Path directory;

  private Path jar() throws Exception {
    Path classes = Files.createDirectory(directory.resolve("classes"));
    Path source = Path.of("src/test/resources/example-engine/ExampleEngineProvider.java");
    int status =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                "-d",
                classes.toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "-proc:none",
                source.toString());
    assertEquals(0, status);
    Path jar = directory.resolve("example-engine.jar");
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream entries = new JarOutputStream(out);
        Stream<Path> files = Files.walk(classes)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        entries.putNextEntry(new JarEntry(classes.relativize(file).toString()));
        Files.copy(file, entries);
      }
      entries.putNextEntry(new JarEntry(SERVICE));
      entries.write("org.example.engine.ExampleEngineProvider".getBytes(StandardCharsets.UTF_8));
    }
    return jar;
  }

  @Test
  void isFoundByItsWordAndRuns() throws Exception {
    assertThrows(EngineConfigException.class, () -> Engines.load("example"));
    ClassLoader usual = Thread.currentThread().getContextClassLoader();
    try (URLClassLoader loader = new URLClassLoader(new URL[] {jar().toUri().toURL()}, usual)) {
      Thread.currentThread().setContextClassLoader(loader);
      ConsensusEngineProvider provider = Engines.load("example");
      assertEquals(loader, provider.getClass().getClassLoader());
      ValidatorSet validators = Fixtures.only(Fixtures.key(1));
      ValidatorSource source = ValidatorSource.fixed(validators);
      EmbeddedEngine engine =
          (EmbeddedEngine)
              provider.create(
                  new EngineConfig(Hash.ZERO, new TreeMap<>(), source, Optional.empty()));
      FakeLedger ledger =
          new FakeLedger(
              Fixtures.genesisHeader(validators, Fixtures.NOON),
              new EngineHeaderRules(engine.rules(), source));
      VirtualNode node =
          new VirtualNode(engine, validators, ledger, Signer.NONE, Fixtures.NOON).start();
      node.submit(Fixtures.transfer(Fixtures.key(1), 0));
      node.run(Duration.ofMillis(10));
      assertEquals(List.of(1), node.decided().stream().map(block -> block.transactions()).toList());
      assertTrue(List.of("dev", "poa", "pow").stream().allMatch(id -> Engines.load(id) != null));
    } finally {
      Thread.currentThread().setContextClassLoader(usual);
    }
  }
}

package org.bitcloud.node.launch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.bouncycastle.crypto.digests.KeccakDigest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/// What the launcher does to a build before its first command, on the jars that need it.
final class PrepareBuildTest {
  @TempDir private Path folder;

  private Path copyOfJarOf(Class<?> type) throws IOException, URISyntaxException {
    URL source = type.getProtectionDomain().getCodeSource().getLocation();
    return Files.copy(Path.of(source.toURI()), folder.resolve(type.getSimpleName() + ".jar"));
  }

  private static int major(JarFile jar, String name) throws IOException {
    try (var in = jar.getInputStream(jar.getEntry(name))) {
      return in.readNBytes(8)[7];
    }
  }

  @Test
  void takesTheSignatureFromSignedJarAndLeavesItsClasses() throws Exception {
    Path jar = copyOfJarOf(KeccakDigest.class);
    assertTrue(CacheableJars.rewrite(jar));
    String type = KeccakDigest.class.getName().replace('.', '/') + ".class";
    try (JarFile made = new JarFile(jar.toFile());
        var before = KeccakDigest.class.getResourceAsStream("/" + type);
        var after = made.getInputStream(made.getEntry(type))) {
      List<String> signatures =
          made.stream()
              .map(ZipEntry::getName)
              .filter(name -> name.matches("META-INF/[^/]*\\.(SF|RSA|DSA|EC)"))
              .toList();
      assertEquals(List.of(), signatures);
      assertTrue(made.getManifest().getEntries().isEmpty(), "no digests are left");
      assertArrayEquals(before.readAllBytes(), after.readAllBytes());
    }
    assertFalse(CacheableJars.rewrite(jar), "nothing is left to do");
  }

  @Test
  void classesOfJavaFiveGetStackMapsAndStillWork() throws Exception {
    Path jar = copyOfJarOf(CommandLine.class);
    try (JarFile old = new JarFile(jar.toFile())) {
      assertEquals(49, major(old, "picocli/CommandLine.class"));
    }
    assertTrue(CacheableJars.rewrite(jar));
    try (JarFile made = new JarFile(jar.toFile())) {
      assertEquals(50, major(made, "picocli/CommandLine.class"));
    }
    try (URLClassLoader alone =
        new URLClassLoader(new URL[] {jar.toUri().toURL()}, ClassLoader.getPlatformClassLoader())) {
      // Loading verifies the new stack maps of the class that holds all of picocli's logic.
      Class<?> type = Class.forName("picocli.CommandLine$Model$CommandSpec", true, alone);
      Object spec = type.getMethod("create").invoke(null);
      assertEquals(
          "try me",
          type.getMethod("name")
              .invoke(type.getMethod("name", String.class).invoke(spec, "try me")));
    }
  }

  @Test
  void databaseIsUnpackedUnderTheNameThatJavaLooksFor() throws IOException {
    Path lib = Files.createDirectory(folder.resolve("lib"));
    Path natives = Files.createDirectory(folder.resolve("native"));
    PrepareBuild.main(new String[] {lib.toString(), natives.toString()});
    Path library = natives.resolve(System.mapLibraryName("rocksdbjni"));
    assertTrue(Files.size(library) > 1_000_000, "the library is there");
  }
}

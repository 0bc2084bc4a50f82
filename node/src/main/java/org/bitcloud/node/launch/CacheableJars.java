package org.bitcloud.node.launch;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;

/// Rewrites the jars of a build that the virtual machine would leave out of its AOT cache.
///
/// Two kinds are left out: signed ones, and classes from before Java 6, which carry no stack maps.
/// Loading them from scratch is a good part of the time a command takes to start. The signature of
/// such a jar is checked by Maven's checksum when it is fetched; nothing checks it again here.
final class CacheableJars {
  private static final String MANIFEST = "META-INF/MANIFEST.MF";
  private static final int MAJOR_AT = 7;

  private CacheableJars() {}

  /// Makes every jar of a folder fit for the cache.
  static void rewriteAll(Path folder) throws IOException {
    List<Path> jars;
    try (Stream<Path> files = Files.list(folder)) {
      jars = files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
    }
    for (Path jar : jars) {
      if (rewrite(jar)) {
        System.out.println("made fit for the cache: " + jar.getFileName());
      }
    }
  }

  /// Rewrites one jar where it needs it; a hard link to the old file stays as it was.
  ///
  /// @return whether it did
  static boolean rewrite(Path jar) throws IOException {
    Path made = jar.resolveSibling(jar.getFileName() + ".new");
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      if (zip.stream().noneMatch(entry -> isSignature(entry.getName()) || isOld(zip, entry))) {
        return false;
      }
      try (OutputStream out = Files.newOutputStream(made);
          ZipOutputStream target = new ZipOutputStream(out);
          URLClassLoader loader = new URLClassLoader(new URL[] {jar.toUri().toURL()})) {
        for (ZipEntry entry : zip.stream().toList()) {
          copy(zip, entry, target, loader);
        }
      }
    }
    Path _ = Files.move(made, jar, StandardCopyOption.REPLACE_EXISTING);
    return true;
  }

  private static boolean isSignature(String name) {
    String upper = name.toUpperCase(Locale.ROOT);
    return upper.startsWith("META-INF/")
        && upper.indexOf('/', 9) < 0
        && Stream.of(".SF", ".RSA", ".DSA", ".EC").anyMatch(upper::endsWith);
  }

  private static boolean isOld(ZipFile zip, ZipEntry entry) {
    if (!entry.getName().endsWith(".class")) {
      return false;
    }
    try (InputStream in = zip.getInputStream(entry)) {
      byte[] head = in.readNBytes(MAJOR_AT + 1);
      return head.length > MAJOR_AT && head[MAJOR_AT] < Opcodes.V1_6;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void copy(ZipFile zip, ZipEntry entry, ZipOutputStream target, ClassLoader loader)
      throws IOException {
    if (isSignature(entry.getName())) {
      return;
    }
    ZipEntry copy = new ZipEntry(entry.getName());
    copy.setTime(entry.getTime());
    target.putNextEntry(copy);
    try (InputStream in = zip.getInputStream(entry)) {
      if (entry.getName().equals(MANIFEST)) {
        withoutDigests(in).write(target);
      } else {
        byte[] content = in.readAllBytes();
        target.write(isOld(zip, entry) ? modern(content, loader) : content);
      }
    }
    target.closeEntry();
  }

  /// A manifest whose entries no longer name digests of what a signature covered.
  private static Manifest withoutDigests(InputStream in) throws IOException {
    Manifest manifest = new Manifest(in);
    for (Attributes attributes : manifest.getEntries().values()) {
      attributes.keySet().removeIf(key -> key.toString().endsWith("-Digest"));
    }
    manifest.getEntries().values().removeIf(Attributes::isEmpty);
    return manifest;
  }

  /// The class as of Java 6, with stack maps; as it was where it jumps to subroutines.
  private static byte[] modern(byte[] content, ClassLoader loader) {
    ClassReader reader = new ClassReader(content);
    ClassWriter writer =
        new ClassWriter(ClassWriter.COMPUTE_FRAMES) {
          @Override
          protected ClassLoader getClassLoader() {
            return loader;
          }
        };
    try {
      reader.accept(new Modern(writer), ClassReader.SKIP_FRAMES);
      return writer.toByteArray();
    } catch (IllegalArgumentException | TypeNotPresentException e) {
      return content; // subroutines, or a superclass that is not there: only speed is lost
    }
  }

  private static final class Modern extends ClassVisitor {
    Modern(ClassWriter next) {
      super(Opcodes.ASM9, next);
    }

    @Override
    public void visit(
        int version,
        int access,
        String name,
        @Nullable String signature,
        @Nullable String superName,
        String @Nullable [] interfaces) {
      super.visit(Opcodes.V1_6, access, name, signature, superName, interfaces);
    }
  }
}

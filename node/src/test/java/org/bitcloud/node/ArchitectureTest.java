package org.bitcloud.node;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaConstructor;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The rules of the house that the compiler does not know.
class ArchitectureTest {
  private static final JavaClasses OURS =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("org.bitcloud");

  @Test
  void keepsGuiceInTheWiring() {
    noClasses()
        .that()
        .resideOutsideOfPackage("org.bitcloud.node.wiring..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("com.google.inject..")
        .check(OURS);
  }

  @Test
  void keepsMicrometerInOnePackage() {
    noClasses()
        .that()
        .resideOutsideOfPackage("org.bitcloud.node.metrics..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.micrometer..", "io.prometheus..")
        .check(OURS);
  }

  @Test
  void keepsRocksDbInOneClass() {
    noClasses()
        .that()
        .resideOutsideOfPackage("org.bitcloud.store..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.rocksdb..")
        .check(OURS);
  }

  @Test
  void letsLedgerAndNetworkMeetOnlyInAdapters() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "org.bitcloud.chain..", "org.bitcloud.consensus..", "org.bitcloud.market..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.netty..", "org.bitcloud.p2p..")
        .check(OURS);
  }

  @Test
  void hasNoCyclesBetweenPackages() {
    for (String module :
        List.of("primitives", "store", "contracts", "p2p", "chain", "consensus", "market")) {
      slices()
          .matching("org.bitcloud." + module + ".(*)..")
          .should()
          .beFreeOfCycles()
          .allowEmptyShould(true) // some modules are one flat package
          .check(OURS);
    }
  }

  @Test
  void keepsConstructorsShort() {
    List<String> long_ =
        OURS.stream()
            .filter(type -> !type.isRecord() && !type.isEnum())
            .flatMap(type -> type.getConstructors().stream())
            .filter(constructor -> constructor.getParameters().size() > 7)
            .map(JavaConstructor::getFullName)
            .toList();
    assertTrue(long_.isEmpty(), () -> "more than 7 parameters: " + long_);
  }

  @Test
  void importsEveryModule() {
    List<String> packages = OURS.stream().map(JavaClass::getPackageName).distinct().toList();
    for (String module :
        List.of("primitives", "store", "contracts", "p2p", "chain", "consensus", "market")) {
      assertTrue(packages.stream().anyMatch(name -> name.startsWith("org.bitcloud." + module)));
    }
  }
}

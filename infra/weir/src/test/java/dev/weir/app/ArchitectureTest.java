package dev.weir.app;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The lines of the house: who may know whom. */
class ArchitectureTest {
  private static final JavaClasses WEIR =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.weir");

  static ArchRule[] lines() {
    return new ArchRule[] {
      forbid(
          "dev.weir.contracts..",
          "dev.weir.(statistics|pipeline|model|trainer|auditor|serving|dashboards|registry|app)\\..*"),
      forbid(
          "dev.weir.statistics..",
          "(dev.weir.(contracts|pipeline|model|trainer|auditor|serving|dashboards|registry|app)|org.apache.kafka)\\..*"),
      forbid(
          "dev.weir.pipeline..",
          "(dev.weir.(model|trainer|auditor|serving|dashboards|registry|app)|ai.djl|ai.onnxruntime|org.mlflow)\\..*"),
      forbid(
          "dev.weir.model..",
          "(dev.weir.(pipeline|trainer|auditor|serving|dashboards|registry|broker|app)|ai.djl)\\..*"),
      forbid(
          "dev.weir.broker..",
          "dev.weir.(contracts|statistics|pipeline|model|trainer|auditor|serving|dashboards|registry|app)\\..*"),
      forbid(
          "dev.weir.trainer..", "dev.weir.(pipeline|auditor|serving|dashboards|registry|app)\\..*"),
      forbid(
          "dev.weir.auditor..",
          "(dev.weir.(pipeline|trainer|serving|dashboards|registry|app)|ai.djl)\\..*"),
      forbid(
          "dev.weir.serving..",
          "(dev.weir.(pipeline|trainer|auditor|dashboards|registry|app)|ai.djl)\\..*"),
      forbid(
          "dev.weir.dashboards..",
          "(dev.weir.(pipeline|trainer|auditor|serving|registry|app)|ai.djl)\\..*"),
      forbid(
          "dev.weir.registry..",
          "dev.weir.(contracts|statistics|pipeline|model|trainer|auditor|serving|dashboards|app)\\..*"),
      forbid("dev.weir.trainer.worker..", "ai.djl\\..*"),
      forbid("dev.weir.trainer.dataset..", "ai.djl\\..*"),
      // Restricted group values: the auditor's, and in the trainer those of one class.
      forbid(
          "dev.weir.(pipeline|model|statistics|serving|dashboards)..",
          "dev.weir.contracts.group\\..*"),
      noClasses()
          .that()
          .resideInAPackage("dev.weir.trainer..")
          .and()
          .doNotHaveFullyQualifiedName("dev.weir.trainer.worker.RestrictedGroups")
          .should()
          .dependOnClassesThat()
          .haveNameMatching("dev.weir.contracts.(group\\..*|event.GroupValues)")
    };
  }

  private static ArchRule forbid(String from, String to) {
    return noClasses()
        .that()
        .resideInAPackage(from)
        .should()
        .dependOnClassesThat()
        .haveNameMatching(to);
  }

  @ParameterizedTest
  @MethodSource("lines")
  void noWingReachesAcrossALine(ArchRule line) {
    line.check(WEIR);
  }
}

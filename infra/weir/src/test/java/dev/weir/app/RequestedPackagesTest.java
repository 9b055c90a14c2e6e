package dev.weir.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The packages that were asked for are direct dependencies of modules that use them. */
class RequestedPackagesTest {
  private static final Path ROOT = Path.of(System.getProperty("weir.home"));

  @ParameterizedTest
  @CsvSource({
    "pipeline/contracts, org.apache.kafka, kafka-clients, import org.apache.kafka.clients",
    "pipeline/streams, org.apache.kafka, kafka-streams, import org.apache.kafka.streams",
    "trainer, ai.djl, api, import ai.djl.ndarray",
    "serving/model, org.mlflow, mlflow-client, import org.mlflow.tracking",
    "serving/gateway, io.quarkus, quarkus-rest, import jakarta.ws.rs",
    "dashboards, io.quarkus, quarkus-rest, import jakarta.ws.rs"
  })
  void isDeclaredWhereItIsUsed(String module, String group, String artifact, String use)
      throws IOException {
    String pom = Files.readString(ROOT.resolve(module).resolve("pom.xml"));
    assertThat(pom.replaceAll("\\s", ""))
        .contains(
            "<groupId>"
                + group
                + "</groupId><artifactId>"
                + artifact
                + "</artifactId></dependency>");
    try (var files = Files.walk(ROOT.resolve(module).resolve("src/main/java"))) {
      assertThat(files.filter(f -> f.toString().endsWith(".java")).anyMatch(f -> uses(f, use)))
          .isTrue();
    }
  }

  private static boolean uses(Path file, String text) {
    try {
      return Files.readString(file).contains(text);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException("unreadable: " + file, e);
    }
  }
}

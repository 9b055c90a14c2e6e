package dev.weir.testkit.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GoldenFilesTest {
  @TempDir Path temp;

  @Test
  void allCasesOfAFolderAreFoundInOrder() {
    List<GoldenFile> files = GoldenFiles.in("fairness");
    assertThat(files).extracting(GoldenFile::name).hasSize(8).startsWith("f01_two_small");
    assertThat(files).extracting(GoldenFile::name).isSorted();
    assertThat(GoldenFiles.in("drift", "d0")).hasSize(8);
  }

  @Test
  void everyFolderIsReadable() {
    for (String folder :
        List.of("drift", "energy", "fairness", "mitigation", "sequential", "shap")) {
      assertThat(GoldenFiles.in(folder)).as(folder).isNotEmpty();
    }
  }

  @Test
  void rowsAreReadByColumn() {
    GoldenFile file = GoldenFiles.in("fairness", "f01_two_small").get(0);
    assertThat(file.json().get("seed").asInt()).isEqualTo(1000);
    assertThat(file.hasCsv()).isTrue();
    assertThat(file.csv().column("group")).startsWith("B", "A");
    assertThat(file.csv().doubles("score")).startsWith(0.445919, 0.163253);
    assertThat(file.csv().ints("y_true")).startsWith(0, 0);
    assertThatThrownBy(() -> file.csv().column("absent"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("y_pred");
  }

  @Test
  void unknownFolderFails() {
    assertThatThrownBy(() -> GoldenFiles.in("absent")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void caseWithoutRowsHasNone() throws IOException {
    Files.writeString(temp.resolve("x.json"), "{\"value\": NaN}");
    GoldenFile file = GoldenFiles.read(temp).get(0);
    assertThat(file.hasCsv()).isFalse();
    assertThat(file.json().get("value").asDouble()).isNaN();
  }

  @Test
  void casesInsideAJarAreFound() throws IOException {
    URI jar = URI.create("jar:" + temp.resolve("with space.jar").toUri());
    try (FileSystem files = FileSystems.newFileSystem(jar, Map.of("create", "true"))) {
      Path folder = Files.createDirectories(files.getPath("/golden", "drift"));
      Files.writeString(folder.resolve("a.json"), "{}");
      Files.writeString(folder.resolve("a.csv"), "x\n1\n");
      assertThat(GoldenFiles.read(folder)).hasSize(1);
      assertThat(GoldenFiles.read(folder).get(0).csv().ints("x")).containsExactly(1);
    }
  }

  @Test
  void filesAreTheOnesTheirDigestsName() throws Exception {
    Path root = Path.of(GoldenFiles.class.getResource("/golden/SHA256SUMS").toURI()).getParent();
    for (String line : Files.readAllLines(root.resolve("SHA256SUMS"), StandardCharsets.UTF_8)) {
      String[] parts = line.split("\\s+\\*?", 2);
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(root.resolve(parts[1])));
      assertThat(HexFormat.of().formatHex(digest)).as(parts[1]).isEqualTo(parts[0]);
    }
  }
}

package dev.weir.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreTest {
  @TempDir Path directory;

  @Test
  void journalCutAtAnyByteKeepsWholeCommitsOnly() throws IOException {
    try (Store store = Store.open(directory)) {
      store.commit(Kind.MODEL, "a", Store.JSON.createObjectNode().put("name", "é"));
      store.commit(
          List.of(
              new Change(Kind.MODEL, "b", Store.JSON.createObjectNode()),
              new Change(Kind.METRIC, "r", Store.JSON.createObjectNode().put("value", 1.5))));
    }
    byte[] whole = Files.readAllBytes(directory.resolve("journal.jsonl"));
    for (int cut = 0; cut <= whole.length; cut++) {
      Path other = Files.createDirectories(directory.resolve("cut" + cut));
      Files.write(other.resolve("journal.jsonl"), Arrays.copyOf(whole, cut));
      try (Store store = Store.open(other)) {
        int metrics = store.metrics("r").size();
        assertThat(store.count(Kind.MODEL)).isBetween(0, 2);
        assertThat(metrics).isEqualTo(store.find(Kind.MODEL, "b").isPresent() ? 1 : 0);
        assertThat(store.tornLines()).isEqualTo(cut == 0 || whole[cut - 1] == '\n' ? 0 : 1);
      }
    }
  }
}

package dev.weir.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryLockTest {
  @Test
  void aSecondSessionIsRefusedAndTheFirstOnesFilesStay(@TempDir Path parent) throws IOException {
    Path directory = Files.createDirectories(parent.resolve("demo").resolve("broker")).getParent();
    try (DirectoryLock first = DirectoryLock.take(directory)) {
      assertThatThrownBy(() -> Session.onEmpty(directory, session -> 0))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("in use by another weir")
          .hasMessageContaining("--data-dir");
      assertThat(directory.resolve("broker")).exists();
    }
    DirectoryLock.take(directory).close();
  }

  @Test
  void aForeignDirectoryIsNotEmptied(@TempDir Path parent) throws IOException {
    Path directory = Files.createDirectories(parent.resolve("demo"));
    Path treasure = Files.writeString(directory.resolve("thesis.txt"), "years of work");
    assertThatThrownBy(() -> Session.onEmpty(directory, session -> 0))
        .hasMessageContaining("no data directory of Weir");
    assertThat(treasure).exists();
  }

  @Test
  void aTakenPortIsNamedBeforeAnythingStarts() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = taken.getLocalPort();
      assertThatThrownBy(() -> Http.requireFree(port))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("port " + port)
          .hasMessageContaining("--port");
    }
  }
}

package dev.weir.app.cli;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** The claim of one process on a data directory; its file lies beside the directory. */
final class DirectoryLock implements AutoCloseable {
  private final FileChannel channel;

  private DirectoryLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Claims {@code directory} until closed, or until the process ends, however it ends.
   *
   * @throws IOException if another process has it, or it cannot be written
   */
  static DirectoryLock take(Path directory) throws IOException {
    Path absolute = directory.toAbsolutePath();
    Files.createDirectories(absolute.getParent());
    FileChannel channel =
        FileChannel.open(
            absolute.resolveSibling(absolute.getFileName() + ".lock"),
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE);
    try {
      FileLock lock = channel.tryLock();
      if (lock != null) {
        return new DirectoryLock(channel);
      }
    } catch (OverlappingFileLockException e) {
      channel.close();
      throw inUse(directory, e);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
    channel.close();
    throw inUse(directory, null);
  }

  private static IOException inUse(Path directory, @Nullable Throwable cause) {
    return new IOException(
        "the data directory "
            + directory
            + " is in use by another weir; end that one, or name another with --data-dir",
        cause);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}

package dev.weir.trainer.job;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The directories of one worker's jobs. A file lock, which ends with the process, keeps a second
 * worker out; so what lies there at the start was left by a dead one and is removed.
 */
public final class JobDirectories implements AutoCloseable {
  private static final String LOCK = "worker.lock";
  private static final Pattern REQUEST_ID = Pattern.compile("[\\w\\-][\\w.\\-]{0,199}");

  private final Path root;
  private final FileChannel lock;

  private JobDirectories(Path root, FileChannel lock) {
    this.root = root;
    this.lock = lock;
  }

  /**
   * Returns the directories under {@code root}, which is created where it is absent.
   *
   * @throws IllegalStateException if another worker uses them
   */
  public static JobDirectories open(Path root) {
    try {
      Files.createDirectories(root);
      FileChannel channel =
          FileChannel.open(root.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (!isLocked(channel)) {
        channel.close();
        throw new IllegalStateException("another worker has its jobs in " + root);
      }
      JobDirectories directories = new JobDirectories(root, channel);
      directories.removeStale();
      return directories;
    } catch (IOException e) {
      throw new UncheckedIOException("the jobs' directory cannot be used: " + root, e);
    }
  }

  private static boolean isLocked(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException inThisProcess) {
      return false;
    }
  }

  /**
   * Returns the directory of a request's job, which need not exist.
   *
   * @throws IllegalArgumentException if the id is no plain file name
   */
  public Path of(String requestId) {
    if (!REQUEST_ID.matcher(requestId).matches()) {
      throw new IllegalArgumentException("REQUEST_ID: must be a plain name, was " + requestId);
    }
    return root.resolve(requestId);
  }

  private void removeStale() throws IOException {
    try (Stream<Path> entries = Files.list(root)) {
      for (Path entry : entries.filter(Files::isDirectory).toList()) {
        if (holdsJobFilesOnly(entry)) {
          delete(entry);
        }
      }
    }
  }

  /** Somebody else's directory is left alone, in case the root is not the worker's own. */
  private static boolean holdsJobFilesOnly(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.allMatch(file -> JobFiles.ALL.contains(String.valueOf(file.getFileName())));
    }
  }

  /** Removes a directory with everything in it, if it is there. */
  static void delete(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      return;
    }
    try (Stream<Path> all = Files.walk(directory)) {
      List<Path> deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
      for (Path each : deepestFirst) {
        Files.delete(each);
      }
    }
  }

  /** Lets another worker in. */
  @Override
  public void close() {
    try {
      lock.close();
    } catch (IOException e) {
      throw new UncheckedIOException("the lock cannot be released: " + root, e);
    }
  }
}

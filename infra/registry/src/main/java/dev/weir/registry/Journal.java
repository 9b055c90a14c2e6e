package dev.weir.registry;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * An append-only file of lines, each on the disk before {@link #append} returns.
 *
 * <p>A process killed in the middle of a write leaves a last line without its line feed. That line
 * was never acknowledged: it is cut off when the journal is opened, and counted. Not thread-safe.
 */
final class Journal implements AutoCloseable {
  private final FileChannel channel;
  private final List<String> lines;
  private final int tornLines;

  private Journal(FileChannel channel, List<String> lines, int tornLines) {
    this.channel = channel;
    this.lines = lines;
    this.tornLines = tornLines;
  }

  static Journal open(Path file) throws IOException {
    FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    try {
      if (channel.tryLock() == null) {
        throw new IOException("registry is in use by another process: " + file);
      }
      byte[] bytes = Files.readAllBytes(file);
      List<String> lines = new ArrayList<>();
      int start = 0;
      for (int i = 0; i < bytes.length; i++) {
        if (bytes[i] == '\n') {
          lines.add(new String(bytes, start, i - start, StandardCharsets.UTF_8));
          start = i + 1;
        }
      }
      channel.truncate(start);
      channel.position(start);
      return new Journal(channel, lines, start < bytes.length ? 1 : 0);
    } catch (OverlappingFileLockException e) {
      channel.close();
      throw new IOException("registry is in use by this process: " + file, e);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  /** Returns the lines found at opening, in order. */
  List<String> lines() {
    return lines;
  }

  int tornLines() {
    return tornLines;
  }

  void append(String line) throws IOException {
    long before = channel.position();
    try {
      ByteBuffer bytes = StandardCharsets.UTF_8.encode(line + '\n');
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(false);
    } catch (IOException e) {
      // A half-written line (a full disk) would glue itself to the next one.
      channel.truncate(before);
      channel.position(before);
      throw e;
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}

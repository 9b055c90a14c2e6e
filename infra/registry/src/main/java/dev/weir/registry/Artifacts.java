package dev.weir.registry;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/** Files under one root. A file is either whole or absent: written aside, flushed, then renamed. */
final class Artifacts {
  private static final String SCHEME = "mlflow-artifacts:/";

  private final Path root;
  private final Path unfinished;

  Artifacts(Path directory) throws IOException {
    root = Files.createDirectories(directory.resolve("artifacts").toAbsolutePath().normalize());
    unfinished = Files.createDirectories(directory.resolve("unfinished").toAbsolutePath());
  }

  /** Stores the content under a path relative to the root. */
  void put(String path, byte[] content) throws IOException {
    Path target = resolve(path);
    if (target.equals(root) || Files.isDirectory(target)) {
      throw ApiException.invalid("Invalid path: " + path);
    }
    Files.createDirectories(target.getParent());
    Path aside = Files.createTempFile(unfinished, "artifact", ".part");
    try (FileChannel channel = FileChannel.open(aside, StandardOpenOption.WRITE)) {
      ByteBuffer bytes = ByteBuffer.wrap(content);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    Files.move(aside, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  byte[] get(String path) throws IOException {
    Path file = resolve(path);
    if (!Files.isRegularFile(file)) {
      throw ApiException.missing("No such artifact: " + path);
    }
    return Files.readAllBytes(file);
  }

  ObjectNode list(String rootUri, String under) throws IOException {
    Path base = resolve(rootUri.startsWith(SCHEME) ? rootUri.substring(SCHEME.length()) : rootUri);
    Path folder = resolve(root.relativize(base) + "/" + under);
    ObjectNode answer = Store.JSON.createObjectNode().put("root_uri", rootUri);
    ArrayNode files = answer.putArray("files");
    if (Files.isDirectory(folder)) {
      try (Stream<Path> found = Files.list(folder)) {
        List<Path> sorted = found.sorted().toList();
        for (Path file : sorted) {
          boolean isDirectory = Files.isDirectory(file);
          ObjectNode entry =
              files
                  .addObject()
                  .put("path", base.relativize(file).toString().replace('\\', '/'))
                  .put("is_dir", isDirectory);
          if (!isDirectory) {
            entry.put("file_size", Files.size(file));
          }
        }
      }
    }
    return answer;
  }

  private Path resolve(String path) {
    if (path.indexOf('\\') >= 0 || path.indexOf('\0') >= 0 || path.indexOf(':') >= 0) {
      throw ApiException.invalid("Invalid path: " + path);
    }
    for (String part : path.split("/", -1)) {
      if (part.equals("..")) {
        throw ApiException.invalid("Invalid path: " + path);
      }
    }
    String relative = path.replaceFirst("^/+", "");
    if (path.startsWith("/") && !relative.isEmpty()) {
      throw ApiException.invalid("Invalid path: " + path);
    }
    Path resolved = root.resolve(relative).normalize();
    if (!resolved.startsWith(root)) {
      throw ApiException.invalid("Invalid path: " + path);
    }
    return resolved;
  }
}

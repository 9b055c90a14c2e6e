package dev.weir.testkit.golden;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Reads the golden cases of a folder: those of this module, or with {@code -Dgolden.dir=DIR} those
 * of the folder of the same name in {@code DIR}. Cases are found by listing, so a file that is
 * added is tested.
 */
public final class GoldenFiles {
  private static final String SUFFIX = ".json";

  /** Python writes NaN and Infinity bare. */
  private static final ObjectMapper JSON =
      new ObjectMapper(
          JsonFactory.builder().enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS).build());

  private GoldenFiles() {}

  /**
   * Returns the cases of a folder in the order of their names.
   *
   * @param folder {@code drift}, {@code fairness}, …
   * @throws IllegalArgumentException if there is no such folder or it holds no case
   */
  public static List<GoldenFile> in(String folder) {
    String directory = System.getProperty("golden.dir", "");
    try {
      return directory.isEmpty() ? fromClassPath(folder) : read(Path.of(directory, folder));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Returns the cases of a folder whose names begin with {@code prefix}; fails if there is none.
   */
  public static List<GoldenFile> in(String folder, String prefix) {
    List<GoldenFile> files =
        in(folder).stream().filter(file -> file.name().startsWith(prefix)).toList();
    if (files.isEmpty()) {
      throw new IllegalArgumentException("no golden case " + prefix + "* in " + folder);
    }
    return files;
  }

  private static List<GoldenFile> fromClassPath(String folder) throws IOException {
    URL readme = GoldenFiles.class.getResource("/golden/README.md");
    if (readme == null) {
      throw new IllegalStateException("the golden files are not on the class path");
    }
    URI uri = uri(readme);
    if (!"jar".equals(uri.getScheme())) {
      return read(Path.of(uri).resolveSibling(folder));
    }
    String jar = uri.toString().substring("jar:".length(), uri.toString().indexOf("!/"));
    try (FileSystem files = FileSystems.newFileSystem(Path.of(URI.create(jar)), Map.of())) {
      return read(files.getPath("/golden", folder));
    }
  }

  private static URI uri(URL url) {
    try {
      return url.toURI();
    } catch (URISyntaxException e) {
      throw new IllegalStateException("not a URI: " + url, e);
    }
  }

  static List<GoldenFile> read(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new IllegalArgumentException("no folder of golden cases: " + folder);
    }
    List<Path> cases;
    try (Stream<Path> files = Files.list(folder)) {
      cases = files.filter(file -> file.toString().endsWith(SUFFIX)).sorted().toList();
    }
    if (cases.isEmpty()) {
      throw new IllegalArgumentException("no golden case in " + folder);
    }
    return cases.stream().map(GoldenFiles::readCase).toList();
  }

  private static GoldenFile readCase(Path file) {
    String fileName = file.getFileName().toString();
    String name = fileName.substring(0, fileName.length() - SUFFIX.length());
    Path csv = file.resolveSibling(name + ".csv");
    try {
      JsonNode json = JSON.readTree(Files.readAllBytes(file));
      Table table = Files.exists(csv) ? Table.parse(Files.readString(csv)) : Table.NONE;
      return new GoldenFile(name, json, table);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read golden case " + file, e);
    }
  }
}

package dev.weir.auditor.verify;

import dev.weir.contracts.certificate.LedgerRecord;
import dev.weir.contracts.certificate.LedgerVerifier;
import dev.weir.contracts.serde.Json;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A ledger as a file: one record per line, in canonical JSON. */
public final class LedgerFile {
  private LedgerFile() {}

  /** Writes records. */
  public static void write(Path file, List<LedgerRecord> records) throws IOException {
    StringBuilder text = new StringBuilder();
    for (LedgerRecord record : records) {
      text.append(new String(Json.canonical(record), StandardCharsets.UTF_8)).append('\n');
    }
    Files.writeString(file, text);
  }

  /**
   * What checking a ledger found.
   *
   * @param intact records from the first on that form an intact chain
   * @param lastHash hash of the last of them
   * @param problem what is wrong with the record after them, if anything is
   */
  public record Finding(long intact, String lastHash, Optional<String> problem) {}

  /**
   * Checks a ledger's chain and names the first broken record: also one whose line says more than
   * was chained, which reading would drop.
   */
  public static Finding verify(Path file) throws IOException {
    LedgerVerifier verifier = new LedgerVerifier();
    Optional<String> problem = Optional.empty();
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      for (byte[] line = line(in); line.length > 0 && problem.isEmpty(); line = line(in)) {
        problem = verifier.check(line);
      }
    }
    if (problem.isEmpty() && verifier.intact() == 0) {
      problem = Optional.of("there is no record: each ledger begins with one");
    }
    return new Finding(verifier.intact(), verifier.lastHash(), problem);
  }

  /** Returns the next line with its end; bytes, as a changed one need not be valid UTF-8. */
  private static byte[] line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int next = in.read(); next >= 0; next = in.read()) {
      line.write(next);
      if (next == '\n') {
        break;
      }
    }
    return line.toByteArray();
  }
}

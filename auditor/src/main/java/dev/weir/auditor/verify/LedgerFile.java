package dev.weir.auditor.verify;

import dev.weir.contracts.certificate.LedgerRecord;
import dev.weir.contracts.certificate.LedgerVerifier;
import dev.weir.contracts.serde.Json;
import java.io.BufferedReader;
import java.io.IOException;
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

  /** Checks a ledger's chain and names the first broken record. */
  public static Finding verify(Path file) throws IOException {
    LedgerVerifier verifier = new LedgerVerifier();
    Optional<String> problem = Optional.empty();
    try (BufferedReader lines = Files.newBufferedReader(file)) {
      long number = 1;
      for (String line = lines.readLine();
          line != null && problem.isEmpty();
          line = lines.readLine()) {
        problem = check(verifier, line, number++);
      }
    }
    return new Finding(verifier.intact(), verifier.lastHash(), problem);
  }

  private static Optional<String> check(LedgerVerifier verifier, String line, long number) {
    try {
      return verifier.check(Json.read(line, LedgerRecord.class));
    } catch (IllegalArgumentException e) {
      return Optional.of("line " + number + " (record " + verifier.intact() + ") is unreadable");
    }
  }
}

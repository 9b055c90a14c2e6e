package dev.weir.contracts.certificate;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.weir.contracts.serde.Json;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

/** Walks a ledger from its first record and names the first that is broken; not thread-safe. */
public final class LedgerVerifier {
  /**
   * Reading stops after the first value and keeps the last of two equal names, unless told not to.
   */
  private static final ObjectReader WHOLE =
      Json.mapper()
          .reader()
          .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .with(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);

  private long next;
  private String lastHash = LedgerRecord.GENESIS;

  /** Returns what is wrong with the next record, or empty when it continues the chain. */
  public Optional<String> check(LedgerRecord record) {
    if (record.index() != next) {
      return Optional.of("record " + record.index() + " stands where " + next + " is due");
    }
    if (!record.previousHash().equals(lastHash)) {
      return Optional.of("record " + record.index() + " does not continue record " + (next - 1));
    }
    if (!record.isIntact()) {
      return Optional.of("record " + record.index() + " was changed: its hash does not fit");
    }
    next++;
    lastHash = record.hash();
    return Optional.empty();
  }

  /**
   * Returns what is wrong with the next record as it stands in the topic, or empty when it
   * continues the chain. Stricter than reading it first: nothing in {@code json} may be dropped or
   * normalized away by reading.
   */
  public Optional<String> check(byte[] json) {
    LedgerRecord record;
    try {
      record = Json.read(json, LedgerRecord.class);
      if (!Arrays.equals(Json.canonical(record), Json.canonical(WHOLE.readTree(json)))) {
        return Optional.of(
            "record " + next + " was changed: it is not written as the ledger writes");
      }
    } catch (IOException | IllegalArgumentException e) {
      return Optional.of("record " + next + " is not readable: " + firstLine(e));
    }
    return check(record);
  }

  private static String firstLine(Exception e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }

  /** Returns how many records were checked and found intact. */
  public long intact() {
    return next;
  }

  /** Returns the hash of the last intact record. */
  public String lastHash() {
    return lastHash;
  }
}

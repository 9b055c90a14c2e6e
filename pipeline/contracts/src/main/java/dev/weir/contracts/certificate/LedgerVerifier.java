package dev.weir.contracts.certificate;

import java.util.Optional;

/** Walks a ledger from its first record and names the first that is broken; not thread-safe. */
public final class LedgerVerifier {
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

  /** Returns how many records were checked and found intact. */
  public long intact() {
    return next;
  }

  /** Returns the hash of the last intact record. */
  public String lastHash() {
    return lastHash;
  }
}

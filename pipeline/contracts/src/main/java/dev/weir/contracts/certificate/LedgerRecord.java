package dev.weir.contracts.certificate;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.weir.contracts.control.LedgerEntry;
import dev.weir.contracts.digest.Sha256;
import dev.weir.contracts.serde.Json;

/**
 * One link of the ledger's hash chain.
 *
 * @param index position in the chain, from 0
 * @param previousHash hash of the record before; 64 zeros for the first
 * @param entry what is remembered
 * @param hash sha256 (hex) over the canonical JSON of index, previousHash and entry
 */
public record LedgerRecord(long index, String previousHash, LedgerEntry entry, String hash) {
  /** The previous hash of the first record. */
  public static final String GENESIS = "0".repeat(64);

  public LedgerRecord {
    requireNonNull(previousHash, "previousHash");
    requireNonNull(entry, "entry");
    requireNonNull(hash, "hash");
  }

  /** Returns the record that follows {@code previousHash} at {@code index}. */
  public static LedgerRecord chain(long index, String previousHash, LedgerEntry entry) {
    return new LedgerRecord(index, previousHash, entry, hash(index, previousHash, entry));
  }

  /** Returns whether the hash fits the content. */
  @JsonIgnore
  public boolean isIntact() {
    return hash.equals(hash(index, previousHash, entry));
  }

  private static String hash(long index, String previousHash, LedgerEntry entry) {
    return Sha256.hex(Json.canonical(new Hashed(index, previousHash, entry)));
  }

  private record Hashed(long index, String previousHash, LedgerEntry entry) {}
}

package dev.weir.contracts.certificate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.contracts.Samples;
import dev.weir.contracts.control.LedgerEntry;
import dev.weir.contracts.serde.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LedgerVerifierTest {
  private final LedgerVerifier verifier = new LedgerVerifier();

  @Test
  void intactChainIsCounted() {
    assertThat(firstFault(chain(20))).isEmpty();
    assertThat(verifier.intact()).isEqualTo(20);
    assertThat(verifier.lastHash()).isEqualTo(chain(20).get(19).hash());
  }

  /** Computed with Python's json and hashlib. */
  @Test
  void hashesAreThoseOfTheDefinition() {
    assertThat(chain(2))
        .extracting(LedgerRecord::hash)
        .containsExactly(
            "77f1b8e7aab944b4b312febb34d55fed7c854afc48d2f7a5371d4ff67ad36a6a",
            "983ffbf7c4a8fddf217a2648cab7036ce267cec5315530a41c88637c76a13d51");
  }

  @Test
  void changedRecordIsNamed() {
    List<LedgerRecord> chain = chain(10);
    LedgerRecord old = chain.get(4);
    chain.set(4, new LedgerRecord(4, old.previousHash(), Samples.entry(99), old.hash()));

    assertThat(firstFault(chain)).hasValue("record 4 was changed: its hash does not fit");
    assertThat(verifier.intact()).isEqualTo(4);
  }

  @Test
  void changedRecordWithAFreshHashIsNoticedByItsSuccessor() {
    List<LedgerRecord> chain = chain(10);
    chain.set(4, LedgerRecord.chain(4, chain.get(3).hash(), Samples.entry(99)));

    assertThat(firstFault(chain)).hasValue("record 5 does not continue record 4");
  }

  @Test
  void removedRecordIsNamed() {
    List<LedgerRecord> chain = chain(10);
    chain.remove(4);

    assertThat(firstFault(chain)).hasValue("record 5 stands where 4 is due");
  }

  @Test
  void removedFirstRecordIsNamed() {
    assertThat(firstFault(chain(10).subList(1, 10))).hasValue("record 1 stands where 0 is due");
  }

  @Test
  void swappedRecordsAreNamed() {
    List<LedgerRecord> chain = chain(10);
    Collections.swap(chain, 4, 5);

    assertThat(firstFault(chain)).hasValue("record 5 stands where 4 is due");
  }

  @Test
  void repeatedRecordIsNamed() {
    List<LedgerRecord> chain = chain(10);
    chain.add(5, chain.get(4));

    assertThat(firstFault(chain)).hasValue("record 4 stands where 5 is due");
  }

  /** A chain cannot know that its end was cut off: the count and the last hash are compared. */
  @Test
  void truncatedChainShowsInCountAndLastHash() {
    assertThat(firstFault(chain(10).subList(0, 7))).isEmpty();
    assertThat(verifier.intact()).isEqualTo(7);
    assertThat(verifier.lastHash()).isNotEqualTo(chain(10).get(9).hash());
  }

  @Test
  void everyFlippedBitOfAWrittenRecordIsNamed() {
    List<LedgerRecord> chain = chain(3);
    byte[] written = Json.write(chain.get(1));
    for (int bit = 0; bit < written.length * 8; bit++) {
      byte[] bad = written.clone();
      bad[bit / 8] ^= (byte) (1 << bit % 8);
      LedgerVerifier fresh = new LedgerVerifier();
      assertThat(fresh.check(Json.write(chain.get(0)))).isEmpty();

      assertThat(fresh.check(bad))
          .as("bit %d: %s", bit, new String(bad, StandardCharsets.ISO_8859_1))
          .isPresent()
          .get()
          .asString()
          .startsWith("record ");
    }
  }

  @Test
  void recordComesBackIntactFromItsTopic() {
    for (LedgerRecord record : chain(3)) {
      assertThat(verifier.check(Json.write(record))).isEmpty();
    }
    assertThat(verifier.intact()).isEqualTo(3);
  }

  private Optional<String> firstFault(List<LedgerRecord> records) {
    return records.stream().map(verifier::check).flatMap(Optional::stream).findFirst();
  }

  private static List<LedgerRecord> chain(int length) {
    List<LedgerRecord> chain = new ArrayList<>();
    String previous = LedgerRecord.GENESIS;
    for (int i = 0; i < length; i++) {
      LedgerEntry entry = Samples.entry(i);
      LedgerRecord record = LedgerRecord.chain(i, previous, entry);
      chain.add(record);
      previous = record.hash();
    }
    return chain;
  }
}

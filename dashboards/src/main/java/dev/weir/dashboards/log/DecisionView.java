package dev.weir.dashboards.log;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One entry of the ledger.
 *
 * @param index its index on the ledger
 * @param hash its hash
 * @param kind what happened
 * @param actor which role says so
 * @param requestId the request it belongs to
 * @param at event time
 * @param facts the facts
 */
public record DecisionView(
    long index,
    String hash,
    String kind,
    String actor,
    String requestId,
    Instant at,
    JsonNode facts) {
  /**
   * Decisions of a model with the state of the whole chain.
   *
   * @param records how many records of the chain were verified
   * @param broken where the chain breaks; null where it does not
   * @param dropped how many older decisions are on the ledger and not kept here
   * @param decisions the decisions, in the order of the ledger
   */
  public record Chain(
      long records, @Nullable String broken, long dropped, List<DecisionView> decisions) {
    /** Copies the list. */
    public Chain {
      decisions = List.copyOf(decisions);
    }
  }
}

package dev.weir.contracts.control;

import static java.util.Objects.requireNonNull;

/**
 * The texts that define one model, as {@code models} carries them.
 *
 * @param model the model
 * @param specText the text of {@code weir.yaml}
 * @param specDigest its digest
 * @param policyText the text of the policy
 * @param policyDigest its digest
 */
public record ModelRecord(
    String model, String specText, String specDigest, String policyText, String policyDigest) {
  public ModelRecord {
    requireNonNull(model, "model");
    requireNonNull(specText, "specText");
    requireNonNull(specDigest, "specDigest");
    requireNonNull(policyText, "policyText");
    requireNonNull(policyDigest, "policyDigest");
  }
}

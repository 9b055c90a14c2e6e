package dev.weir.contracts.policy;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;

/** The auditor's word on a candidate, with every gate's finding. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "verdict")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Verdict.Pass.class, name = "PASS"),
  @JsonSubTypes.Type(value = Verdict.Block.class, name = "BLOCK"),
  @JsonSubTypes.Type(value = Verdict.InsufficientEvidence.class, name = "INSUFFICIENT_EVIDENCE")
})
public sealed interface Verdict {
  /** Returns every gate's finding, also of those that pass or warn. */
  List<GateResult> results();

  /** Returns {@code PASS}, {@code BLOCK} or {@code INSUFFICIENT_EVIDENCE}. */
  @JsonIgnore
  GateResult.Answer answer();

  /** Returns the findings that decided, one sentence each; empty for a pass. */
  @JsonIgnore
  default List<String> reasons() {
    return results().stream()
        .filter(r -> r.severity() == Gate.Severity.BLOCK && r.answer() == answer())
        .filter(r -> answer() != GateResult.Answer.PASS)
        .map(GateResult::reason)
        .toList();
  }

  /**
   * Every blocking gate passes.
   *
   * @param results all findings
   */
  record Pass(List<GateResult> results) implements Verdict {
    public Pass {
      results = List.copyOf(results);
    }

    @Override
    @JsonIgnore
    public GateResult.Answer answer() {
      return GateResult.Answer.PASS;
    }
  }

  /**
   * At least one blocking gate blocks.
   *
   * @param results all findings
   */
  record Block(List<GateResult> results) implements Verdict {
    public Block {
      results = List.copyOf(results);
    }

    @Override
    @JsonIgnore
    public GateResult.Answer answer() {
      return GateResult.Answer.BLOCK;
    }
  }

  /**
   * No blocking gate blocks, and at least one cannot tell yet.
   *
   * @param results all findings
   */
  record InsufficientEvidence(List<GateResult> results) implements Verdict {
    public InsufficientEvidence {
      results = List.copyOf(results);
    }

    @Override
    @JsonIgnore
    public GateResult.Answer answer() {
      return GateResult.Answer.INSUFFICIENT_EVIDENCE;
    }
  }
}

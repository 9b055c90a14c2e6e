package dev.weir.contracts.certificate;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.weir.contracts.policy.Verdict;
import dev.weir.contracts.topic.OffsetRange;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What an audit certifies: an in-toto statement that binds model, data, policy and verdict.
 *
 * @param type the in-toto statement type
 * @param subject the certified files with their digests
 * @param predicateType {@link #PREDICATE_TYPE}
 * @param predicate what is certified of them
 * @see <a href="https://github.com/in-toto/attestation/blob/main/spec/v1/statement.md">in-toto
 *     statement v1</a>
 */
public record Certificate(
    @JsonProperty("_type") String type,
    List<Subject> subject,
    String predicateType,
    Predicate predicate) {
  /** The in-toto statement type. */
  public static final String STATEMENT_TYPE = "https://in-toto.io/Statement/v1";

  /** The type of Weir's audit predicate. */
  public static final String PREDICATE_TYPE = "https://weir.dev/attestation/audit/v1";

  /** Name of the model file among the subjects. */
  public static final String MODEL_FILE = "model.onnx";

  /** Name of the manifest among the subjects. */
  public static final String MANIFEST_FILE = "manifest.json";

  public Certificate {
    requireNonNull(type, "_type");
    requireNonNull(predicateType, "predicateType");
    requireNonNull(predicate, "predicate");
    subject = List.copyOf(subject);
  }

  /** Returns a certificate of the two files with the given sha256 digests. */
  public static Certificate of(String onnxDigest, String manifestDigest, Predicate predicate) {
    return new Certificate(
        STATEMENT_TYPE,
        List.of(
            new Subject(MODEL_FILE, Map.of("sha256", onnxDigest)),
            new Subject(MANIFEST_FILE, Map.of("sha256", manifestDigest))),
        PREDICATE_TYPE,
        predicate);
  }

  /** Returns the sha256 digest of the named subject, or an empty text when it is not certified. */
  public String digestOf(String file) {
    return subject.stream()
        .filter(s -> s.name().equals(file))
        .map(s -> s.digest().getOrDefault("sha256", ""))
        .findFirst()
        .orElse("");
  }

  /**
   * One certified file.
   *
   * @param name its name
   * @param digest algorithm to digest in hexadecimal
   */
  public record Subject(String name, Map<String, String> digest) {
    public Subject {
      requireNonNull(name, "name");
      digest = Collections.unmodifiableMap(new TreeMap<>(digest));
    }
  }

  /**
   * What is certified.
   *
   * @param model the model
   * @param version the version
   * @param requestId the request it came from
   * @param specDigest digest of the spec
   * @param policyId id@version of the policy
   * @param policyDigest digest of the policy
   * @param verdict the verdict with every finding
   * @param look how often the version was audited with this audit, from 1; each look spends its own
   *     part of the policy's error rate
   * @param championVersion the version it was compared with, if there was one
   * @param training where the training rows lay
   * @param evaluation where the judging rows lay
   * @param unobserved where the rows lay whose labels a decision prevented; null where the spec
   *     does not say that labels depend on decisions, and in certificates from before it could
   * @param groupValues where the group values lay that were joined to the judging rows; null where
   *     rows carry them
   * @param trainingRowsDigest content digest of the training rows
   * @param backgroundDigest digest of the training rows that explanations average over; null where
   *     the model has none
   * @param evaluationRowsDigest content digest of the judging rows
   * @param evidenceDigest digest of the stored evidence (scores and figures)
   * @param auditedAt event time of the audit
   */
  public record Predicate(
      String model,
      int version,
      String requestId,
      String specDigest,
      String policyId,
      String policyDigest,
      Verdict verdict,
      int look,
      @Nullable Integer championVersion,
      List<OffsetRange> training,
      List<OffsetRange> evaluation,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<OffsetRange> unobserved,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<OffsetRange> groupValues,
      String trainingRowsDigest,
      @Nullable String backgroundDigest,
      String evaluationRowsDigest,
      String evidenceDigest,
      Instant auditedAt) {
    public Predicate {
      requireNonNull(model, "model");
      requireNonNull(requestId, "requestId");
      requireNonNull(specDigest, "specDigest");
      requireNonNull(policyId, "policyId");
      requireNonNull(policyDigest, "policyDigest");
      requireNonNull(verdict, "verdict");
      requireNonNull(trainingRowsDigest, "trainingRowsDigest");
      requireNonNull(evaluationRowsDigest, "evaluationRowsDigest");
      requireNonNull(evidenceDigest, "evidenceDigest");
      requireNonNull(auditedAt, "auditedAt");
      training = List.copyOf(training);
      evaluation = List.copyOf(evaluation);
      unobserved = unobserved == null ? null : List.copyOf(unobserved);
      groupValues = groupValues == null ? null : List.copyOf(groupValues);
    }
  }
}

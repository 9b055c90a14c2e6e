package dev.weir.contracts.control;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.weir.contracts.spec.ModelSpec;
import dev.weir.contracts.spec.SpecReader;
import dev.weir.contracts.topic.TopicNames;
import org.jspecify.annotations.Nullable;

/**
 * One of the specs that a model has had, in its place among them.
 *
 * @param number its place, from 1; it names its topics
 * @param specText the text of {@code weir.yaml}
 * @param specDigest its digest
 * @param phase what it does now
 * @param from where it began to decide; null where it decides from the beginning, or not yet
 * @param to where the next one began to decide; null as long as none has
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SpecGeneration(
    int number,
    String specText,
    String specDigest,
    Phase phase,
    @Nullable CutOver from,
    @Nullable CutOver to) {
  public SpecGeneration {
    if (number < 1) {
      throw new IllegalArgumentException("number must be >= 1, was " + number);
    }
    requireNonNull(specText, "specText");
    requireNonNull(specDigest, "specDigest");
    requireNonNull(phase, "phase");
  }

  /** What a spec does. */
  public enum Phase {
    /** It encodes the user's topics beside the one that decides. */
    SHADOW,
    /** It decides. */
    LIVE,
    /** It encodes no more events; those that it has decided still wait for their labels. */
    RETIRING,
    /** Nothing runs by it any more. */
    ENDED
  }

  /** Returns the first spec of a model, which decides. */
  public static SpecGeneration first(ModelSpec spec) {
    return new SpecGeneration(1, spec.text(), spec.digest(), Phase.LIVE, null, null);
  }

  /** Returns a further spec, in shadow. */
  public static SpecGeneration shadow(int number, ModelSpec spec) {
    return new SpecGeneration(number, spec.text(), spec.digest(), Phase.SHADOW, null, null);
  }

  /** Returns this in another phase. */
  public SpecGeneration in(Phase other) {
    return new SpecGeneration(number, specText, specDigest, other, from, to);
  }

  /** Returns this, live from a cut-over on. */
  public SpecGeneration liveFrom(CutOver at) {
    return new SpecGeneration(number, specText, specDigest, Phase.LIVE, at, null);
  }

  /** Returns this, which decides up to a cut-over only. */
  public SpecGeneration retiringAt(CutOver at) {
    return new SpecGeneration(number, specText, specDigest, Phase.RETIRING, from, at);
  }

  /**
   * Returns whether this spec decides a record of the user's: no two of a model's do, and from the
   * first on some one always does.
   */
  public boolean decides(String topic, int partition, long offset) {
    boolean hasEverDecided = isLive() || to != null;
    return hasEverDecided
        && (from == null || !from.isAfter(topic, partition, offset))
        && !isPast(topic, partition, offset);
  }

  /** Returns whether a record of the user's is the next spec's business alone. */
  public boolean isPast(String topic, int partition, long offset) {
    return to != null && !to.isAfter(topic, partition, offset);
  }

  /** Returns whether it is in shadow. */
  @JsonIgnore
  public boolean isInShadow() {
    return phase == Phase.SHADOW;
  }

  /** Returns whether it is the one that decides. */
  @JsonIgnore
  public boolean isLive() {
    return phase == Phase.LIVE;
  }

  /** Returns the version that the spec gives itself. */
  public int version() {
    return SpecReader.parse("models", specText).version();
  }

  /** Returns the names of its topics. */
  public TopicNames names(TopicNames ofModel) {
    TopicNames own = ofModel.ofGeneration(number);
    return to == null ? own : own.retired();
  }

  /**
   * Returns what the ids of its training requests begin with: {@code flights}, {@code flights-g2}.
   */
  public String requestPrefix(String model) {
    return number == 1 ? model : model + "-g" + number;
  }
}

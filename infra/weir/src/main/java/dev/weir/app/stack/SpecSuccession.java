package dev.weir.app.stack;

import dev.weir.contracts.certificate.Certificate;
import dev.weir.contracts.control.CutOver;
import dev.weir.contracts.control.Deployment;
import dev.weir.contracts.control.SpecGeneration;
import dev.weir.contracts.control.SpecGeneration.Phase;
import dev.weir.contracts.control.Tick;
import dev.weir.contracts.serde.Json;
import dev.weir.contracts.spec.ModelSpec;
import dev.weir.contracts.spec.SpecException;
import dev.weir.contracts.spec.SpecReader;
import dev.weir.contracts.topic.TopicNames;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * The specs of a model in their order: what a start with a spec makes of them, and what a promotion
 * does.
 *
 * @param generations every spec that the model has had; one is live, one at most is in shadow
 */
record SpecSuccession(List<SpecGeneration> generations) {
  SpecSuccession {
    generations = List.copyOf(generations);
  }

  /** Returns the succession of a model that has had no spec yet. */
  static SpecSuccession startingWith(ModelSpec spec) {
    return new SpecSuccession(List.of(SpecGeneration.first(spec)));
  }

  /**
   * Returns what it is once somebody starts with {@code spec}: it goes on where it is live or in
   * shadow, and is put in shadow where it is a later version. A start with the live spec gives up
   * the one in shadow.
   *
   * @throws SpecException if it is another text of a version that is known, or an earlier version
   */
  SpecSuccession startedWith(ModelSpec spec) {
    SpecGeneration live = live();
    Optional<SpecGeneration> shadow = shadow();
    if (live.specDigest().equals(spec.digest())) {
      return shadow.map(given -> with(given.in(Phase.ENDED))).orElse(this);
    }
    if (shadow.isPresent() && shadow.get().specDigest().equals(spec.digest())) {
      return this;
    }
    requireLater(spec, live, "live");
    shadow.ifPresent(other -> requireLater(spec, other, "in shadow"));
    List<SpecGeneration> next = new ArrayList<>();
    generations.forEach(each -> next.add(each.isInShadow() ? each.in(Phase.ENDED) : each));
    next.add(SpecGeneration.shadow(generations.size() + 1, spec));
    return new SpecSuccession(next);
  }

  private static void requireLater(ModelSpec spec, SpecGeneration other, String what) {
    int version = other.version();
    if (spec.version() == version) {
      throw new SpecException(
          "spec of model "
              + spec.model()
              + ": version "
              + version
              + " is "
              + what
              + " with another content; raise `version` to have the new one take its place, or"
              + " start with the file as it was");
    }
    if (spec.version() < version) {
      throw new SpecException(
          "spec of model "
              + spec.model()
              + ": version "
              + spec.version()
              + " is older than version "
              + version
              + ", which is "
              + what
              + "; give it a `version` above that to go back to what it says");
    }
  }

  /** Returns the spec that decides. */
  SpecGeneration live() {
    return generations.stream().filter(SpecGeneration::isLive).findFirst().orElseThrow();
  }

  /** Returns the spec in shadow, if one is. */
  Optional<SpecGeneration> shadow() {
    return generations.stream().filter(SpecGeneration::isInShadow).findFirst();
  }

  /** Returns those that have a pipeline. */
  List<SpecGeneration> running() {
    return generations.stream().filter(each -> each.phase() != Phase.ENDED).toList();
  }

  /** Returns the specs that have a pipeline, by the names of their topics. */
  Map<TopicNames, ModelSpec> runningByNames(TopicNames ofModel) {
    Map<TopicNames, ModelSpec> specs = new LinkedHashMap<>();
    running().forEach(each -> specs.put(each.names(ofModel), specOf(each)));
    return specs;
  }

  /** Returns whether a deployment makes a version of the spec in shadow decide. */
  boolean isDue(Deployment deployment) {
    Deployment.Slot champion = deployment.champion();
    return champion != null
        && shadow().filter(s -> s.specDigest().equals(champion.specDigest())).isPresent();
  }

  /**
   * Returns the cut-over that follows a deployment.
   *
   * @param offsets where the new spec begins
   * @param tick the model's last tick
   */
  static CutOver cutOver(
      Deployment.Slot champion, SortedMap<String, SortedMap<Integer, Long>> offsets, Tick tick) {
    Certificate.Predicate certified =
        Json.read(champion.certificate().payloadBytes(), Certificate.class).predicate();
    return new CutOver(
        offsets,
        tick,
        champion.version(),
        certified.requestId(),
        "version " + champion.version() + ", trained by this spec, is champion");
  }

  /** Returns what it is after a cut-over: the shadow is live, and what was live retires. */
  SpecSuccession after(CutOver at) {
    return with(live().retiringAt(at)).with(shadow().orElseThrow().liveFrom(at));
  }

  /** Returns this with one of the specs in another phase. */
  SpecSuccession with(SpecGeneration changed) {
    return new SpecSuccession(
        generations.stream()
            .map(each -> each.number() == changed.number() ? changed : each)
            .toList());
  }

  /** Returns the spec of a generation. */
  static ModelSpec specOf(SpecGeneration generation) {
    return SpecReader.parse("the topic of models", generation.specText());
  }
}

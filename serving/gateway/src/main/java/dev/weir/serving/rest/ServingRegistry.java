package dev.weir.serving.rest;

import dev.weir.contracts.spec.ModelSpec;
import dev.weir.serving.live.Lease;
import dev.weir.serving.live.LiveModels;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** What the endpoints serve; the runner installs it once, and they say not ready until then. */
@Singleton
public class ServingRegistry {
  private final AtomicReference<@Nullable Installation> installed = new AtomicReference<>();

  /**
   * What a runner hands in.
   *
   * @param live what is live
   * @param specs the specs by model; of a model with several, that which decides at the start
   * @param otherSpecs the other specs of these models, which a champion may come to be of
   * @param predictions where REST predictions are logged
   * @param clock time of events that bring none
   * @param limits what one request may ask for
   */
  public record Installation(
      LiveModels live,
      Map<String, ModelSpec> specs,
      List<ModelSpec> otherSpecs,
      PredictionLog predictions,
      Clock clock,
      Limits limits) {
    /** Copies the collections. */
    public Installation {
      specs = Map.copyOf(new TreeMap<>(specs));
      otherSpecs = List.copyOf(otherSpecs);
    }

    /** What a runner hands in whose models have one spec each. */
    public Installation(
        LiveModels live,
        Map<String, ModelSpec> specs,
        PredictionLog predictions,
        Clock clock,
        Limits limits) {
      this(live, specs, List.of(), predictions, clock, limits);
    }

    /** The spec by which the champion was trained, as far as it is known here. */
    private ModelSpec ofChampion(ModelSpec first) {
      if (otherSpecs.isEmpty()) {
        return first;
      }
      Optional<Lease> champion = live.champion(first.model());
      if (champion.isEmpty()) {
        return first;
      }
      try (Lease lease = champion.get()) {
        String digest = lease.model().specDigest();
        return otherSpecs.stream()
            .filter(other -> other.model().equals(first.model()))
            .filter(other -> other.digest().equals(digest))
            .findFirst()
            .orElse(first);
      }
    }
  }

  /** Lets the endpoints serve. */
  public void install(Installation installation) {
    installed.set(installation);
  }

  /** What is installed, if anything is. */
  public Optional<Installation> installation() {
    return Optional.ofNullable(installed.get());
  }

  /** What is installed; a 503 problem where nothing is. */
  Installation required() {
    Installation installation = installed.get();
    if (installation == null) {
      throw new ProblemException(503, "serving has not started yet");
    }
    return installation;
  }

  /** The spec of a model's champion; a 404 problem where there is no such model. */
  ModelSpec spec(String model) {
    ModelSpec spec = required().specs().get(model);
    if (spec == null) {
      throw new ProblemException(404, "there is no model '" + model + "'");
    }
    return required().ofChampion(spec);
  }
}

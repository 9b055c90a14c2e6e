package dev.weir.serving.rest;

import dev.weir.contracts.spec.ModelSpec;
import dev.weir.serving.live.LiveModels;
import jakarta.inject.Singleton;
import java.time.Clock;
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
   * @param specs the specs by model
   * @param predictions where REST predictions are logged
   * @param clock time of events that bring none
   * @param limits what one request may ask for
   */
  public record Installation(
      LiveModels live,
      Map<String, ModelSpec> specs,
      PredictionLog predictions,
      Clock clock,
      Limits limits) {
    /** Copies the map. */
    public Installation {
      specs = Map.copyOf(new TreeMap<>(specs));
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

  /** The spec of a model; a 404 problem where there is no such model. */
  ModelSpec spec(String model) {
    ModelSpec spec = required().specs().get(model);
    if (spec == null) {
      throw new ProblemException(404, "there is no model '" + model + "'");
    }
    return spec;
  }
}

package dev.weir.serving.rest;

import dev.weir.contracts.event.Origin;
import dev.weir.contracts.event.Prediction;
import dev.weir.contracts.event.Row;
import dev.weir.contracts.event.ServingRole;
import dev.weir.contracts.spec.ModelSpec;
import dev.weir.serving.live.Lease;
import dev.weir.serving.live.ServingModel;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** Scores with the champion of a model, measures it, and logs it. */
@Singleton
public class ChampionScoring {
  private final ServingRegistry serving;
  private final MeterRegistry meters;

  /** Creates the bean. */
  @Inject
  public ChampionScoring(ServingRegistry serving, MeterRegistry meters) {
    this.serving = serving;
    this.meters = meters;
  }

  Lease champion(String name, ModelSpec spec) {
    Lease champion =
        serving
            .required()
            .live()
            .champion(name)
            .orElseThrow(() -> new ProblemException(503, "'" + name + "' has no champion yet"));
    if (!champion.model().specDigest().equals(spec.digest())) {
      champion.close();
      throw new ProblemException(503, "the champion of '" + name + "' is of another spec");
    }
    return champion;
  }

  double[] score(String name, Lease champion, float[][] rows) {
    long start = System.nanoTime();
    double[] scores = champion.positive(rows);
    meters
        .timer("weir.serving.score", "model", name)
        .record(System.nanoTime() - start, java.util.concurrent.TimeUnit.NANOSECONDS);
    meters.counter("weir.serving.rest.predictions", "model", name).increment(scores.length);
    return scores;
  }

  void log(String name, Row row, ServingModel champion, double probability) {
    Prediction prediction =
        new Prediction(
            row.eventId(),
            row.eventTime(),
            champion.version(),
            ServingRole.CHAMPION,
            probability,
            Origin.REST,
            champion.selects(probability, row.groups()));
    serving.required().predictions().log(name, row, prediction);
  }
}

package dev.weir.serving.live;

import dev.weir.contracts.control.Deployment;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The champion and challenger of each model, swapped in one step while requests are in flight.
 *
 * <p>A request keeps the model that it began with: a retired model is closed after its last lease.
 * Where a new version is refused or cannot be loaded, what was live goes on serving.
 */
public final class LiveModels implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(LiveModels.class);

  private final ModelLoader loader;
  private final MeterRegistry meters;
  private final Map<String, Live> models = new ConcurrentHashMap<>();

  /** What serves one model, and the record that says so. */
  private record Live(
      @Nullable Deployment deployment,
      @Nullable ServingModel champion,
      @Nullable ServingModel challenger,
      @Nullable ServingModel predecessor) {
    static final Live NOTHING = new Live(null, null, null, null);

    @Nullable ServingModel holds(Deployment.Slot slot) {
      if (isThat(champion, slot)) {
        return champion;
      }
      if (isThat(challenger, slot)) {
        return challenger;
      }
      return isThat(predecessor, slot) ? predecessor : null;
    }

    private static boolean isThat(@Nullable ServingModel model, Deployment.Slot slot) {
      return model != null
          && model.version() == slot.version()
          && model.runId().equals(slot.runId());
    }
  }

  /**
   * Creates an empty set.
   *
   * @param loader how versions are loaded
   * @param meters counts swaps and refusals
   */
  public LiveModels(ModelLoader loader, MeterRegistry meters) {
    this.loader = loader;
    this.meters = meters;
  }

  /**
   * Makes live what a record says. A record that is not newer than the live one changes nothing.
   *
   * @throws dev.weir.contracts.certificate.CertificateException where a version is refused
   * @throws IOException where its files cannot be had now
   */
  public synchronized void apply(Deployment deployment) throws IOException {
    Live old = models.getOrDefault(deployment.model(), Live.NOTHING);
    Deployment known = old.deployment();
    if (known != null && known.sequence() >= deployment.sequence()) {
      return;
    }
    Live next = load(deployment, old);
    models.put(deployment.model(), next);
    retire(old, next);
    if (next.champion() != old.champion() || next.challenger() != old.challenger()) {
      meters.counter("weir.serving.swaps", "model", deployment.model()).increment();
    }
    log.info(
        "deployment applied model={} sequence={} change={} version={}",
        deployment.model(),
        deployment.sequence(),
        deployment.change(),
        deployment.changedVersion());
  }

  private Live load(Deployment deployment, Live old) throws IOException {
    @Nullable ServingModel champion = null;
    try {
      champion = model(deployment.model(), deployment.champion(), old);
      @Nullable ServingModel challenger = model(deployment.model(), deployment.challenger(), old);
      return new Live(deployment, champion, challenger, predecessor(deployment, old));
    } catch (IOException | RuntimeException e) {
      if (champion != null && champion != old.champion() && champion != old.challenger()) {
        champion.release();
      }
      if (e instanceof RuntimeException) {
        meters.counter("weir.serving.refusals", "model", deployment.model()).increment();
      }
      throw e;
    }
  }

  /** What only ends its work must not keep a champion from its own. */
  private @Nullable ServingModel predecessor(Deployment deployment, Live old) {
    try {
      return model(deployment.model(), deployment.predecessor(), old);
    } catch (IOException | RuntimeException e) {
      meters.counter("weir.serving.refusals", "model", deployment.model()).increment();
      log.warn(
          "champion of the former spec cannot be loaded, its last events are not scored model={}",
          deployment.model(),
          e);
      return null;
    }
  }

  private @Nullable ServingModel model(String model, Deployment.@Nullable Slot slot, Live old)
      throws IOException {
    if (slot == null) {
      return null;
    }
    @Nullable ServingModel known = old.holds(slot);
    return known != null ? known : loader.load(model, slot);
  }

  private static void retire(Live old, Live next) {
    for (@Nullable ServingModel model :
        new @Nullable ServingModel[] {old.champion, old.challenger, old.predecessor}) {
      if (model != null
          && model != next.champion()
          && model != next.challenger()
          && model != next.predecessor()) {
        model.release();
      }
    }
  }

  /** The champion of a model, kept open until the lease is closed. */
  public Optional<Lease> champion(String model) {
    return lease(model, Live::champion);
  }

  /** The challenger of a model, kept open until the lease is closed. */
  public Optional<Lease> challenger(String model) {
    return lease(model, Live::challenger);
  }

  /** The champion of the former spec of a model, kept open until the lease is closed. */
  public Optional<Lease> predecessor(String model) {
    return lease(model, Live::predecessor);
  }

  private Optional<Lease> lease(String model, Function<Live, @Nullable ServingModel> role) {
    while (true) {
      @Nullable ServingModel current = role.apply(models.getOrDefault(model, Live.NOTHING));
      if (current == null) {
        return Optional.empty();
      }
      if (current.retain()) {
        return Optional.of(new Lease(current));
      }
    }
  }

  /** The record that is live for a model. */
  public Optional<Deployment> deployment(String model) {
    return Optional.ofNullable(models.getOrDefault(model, Live.NOTHING).deployment());
  }

  /** Names of the models that a record was seen for. */
  public Set<String> names() {
    return new TreeSet<>(models.keySet());
  }

  @Override
  public synchronized void close() {
    List<Live> retired = List.copyOf(models.values());
    models.clear();
    retired.forEach(live -> retire(live, Live.NOTHING));
  }
}

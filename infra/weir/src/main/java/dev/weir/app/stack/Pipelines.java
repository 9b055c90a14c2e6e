package dev.weir.app.stack;

import dev.weir.app.driver.LastTick;
import dev.weir.contracts.control.CutOver;
import dev.weir.contracts.control.Deployment;
import dev.weir.contracts.control.SpecGeneration;
import dev.weir.contracts.control.SpecGeneration.Phase;
import dev.weir.contracts.control.Tick;
import dev.weir.contracts.spec.Events;
import dev.weir.contracts.spec.ModelSpec;
import dev.weir.contracts.topic.TopicNames;
import dev.weir.contracts.topic.Topics;
import dev.weir.pipeline.CutOverOffsets;
import dev.weir.pipeline.PipelineInstance;
import dev.weir.pipeline.PipelineRole;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.apache.kafka.clients.admin.Admin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/*
 *             cut-over, recorded in `models` while both stand still
 *                      │
 *   spec 1   ─── live ─┼─ retiring: labels of what it decided ─┤ ended
 *   spec 2   ─ shadow ─┼─ live ───────────────────────────────────────►
 */

/**
 * The pipelines of a model, one per spec that is live, in shadow or retiring, and the cut-over from
 * one spec to the next. What is running follows from what {@code models} says, so a start after a
 * crash at any place goes on from there.
 */
final class Pipelines implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Pipelines.class);

  /** Longer than a dead instance's session, which the broker ends after 45 s. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final StackSettings settings;
  private final TopicNames names;
  private final Map<String, Object> client;
  private final Admin admin;
  private final ModelRecords records;
  private final Map<Integer, PipelineRole> roles = new ConcurrentSkipListMap<>();
  private volatile SpecSuccession succession;
  private volatile Optional<Throwable> failure = Optional.empty();

  /**
   * Creates them, not started: takes in the spec that the stack is started with, after the cut-over
   * that a crash may have left undone. Topics of the model must exist.
   *
   * @throws dev.weir.contracts.spec.SpecException if the spec cannot follow the one that is live
   * @throws IllegalStateException if a driver writes the ticks and there is a second spec
   */
  Pipelines(
      StackSettings settings,
      TopicNames names,
      Map<String, Object> client,
      Admin admin,
      ModelRecords records)
      throws InterruptedException {
    this.settings = settings;
    this.names = names;
    this.client = client;
    this.admin = admin;
    this.records = records;
    ModelSpec spec = settings.spec();
    this.succession = records.succession().orElseGet(() -> SpecSuccession.startingWith(spec));
    Optional<Deployment> deployment = records.deployment();
    if (deployment.isPresent() && succession.isDue(deployment.get())) {
      recordCutOver(deployment.get());
    }
    SpecSuccession next = succession.startedWith(spec);
    if (settings.isDriven() && next.generations().size() > 1) {
      throw new IllegalStateException(
          "model "
              + spec.model()
              + ": a driven run has one spec, and this directory was begun with another; take an"
              + " empty directory");
    }
    succession = next;
    endDrained();
    records.write(succession);
    succession.running().forEach(each -> roles.put(each.number(), role(each)));
  }

  /** The one that the stack is started with is as given: a driver's may say more than its text. */
  private ModelSpec specOf(SpecGeneration generation) {
    ModelSpec started = settings.spec();
    return started.digest().equals(generation.specDigest())
        ? started
        : SpecSuccession.specOf(generation);
  }

  private PipelineRole role(SpecGeneration generation) {
    ModelSpec spec = specOf(generation);
    PipelineInstance instance =
        new PipelineInstance(
            client, settings.dataDirectory().resolve("state"), settings.partitions(), "1");
    return settings.isDriven()
        ? new PipelineRole(spec, generation.names(names), instance, settings.clock())
        : PipelineRole.free(
            spec, names, generation, instance, settings.clock(), settings.watermark());
  }

  /** Creates the topics that only some specs have, and starts the pipelines. */
  synchronized void start() throws InterruptedException {
    for (SpecGeneration each : succession.running()) {
      start(each);
    }
  }

  private void start(SpecGeneration generation) throws InterruptedException {
    ModelSpec spec = specOf(generation);
    if (generation.number() > 1 || generation.to() != null) {
      StackTopics.create(
          admin,
          generation.names(names),
          spec,
          settings.partitions(),
          settings.moreTopics(),
          settings.isDriven());
    }
    PipelineRole role = roles.computeIfAbsent(generation.number(), number -> role(generation));
    role.start();
    log.info(
        "pipeline started model={} generation={} specVersion={} phase={}",
        names.model(),
        generation.number(),
        spec.version(),
        generation.phase());
  }

  /** Takes the cut-over if a version of the spec in shadow has come to decide. */
  synchronized void follow(Deployment deployment) throws InterruptedException {
    if (!succession.isDue(deployment)) {
      return;
    }
    leave(succession.live());
    leave(succession.shadow().orElseThrow());
    recordCutOver(deployment);
    for (SpecGeneration each : succession.running()) {
      if (!roles.containsKey(each.number())) {
        start(each);
      }
    }
  }

  private void leave(SpecGeneration generation) {
    PipelineRole role = roles.remove(generation.number());
    if (role != null) {
      role.leave();
    }
  }

  /** Until the record is written nothing has changed; from then on it is what a start follows. */
  private void recordCutOver(Deployment deployment) throws InterruptedException {
    SpecGeneration live = succession.live();
    SpecGeneration shadow = succession.shadow().orElseThrow();
    SortedMap<String, SortedMap<Integer, Long>> offsets =
        new CutOverOffsets(admin, PATIENCE)
            .find(
                userTopics(live, shadow),
                PipelineRole.name(names.model(), live.number()),
                PipelineRole.name(names.model(), shadow.number()));
    Tick tick =
        LastTick.of(client, Topics.TICKS.name(names.prefix(), names.model()), names.model())
            .orElse(new Tick(0, Instant.EPOCH));
    CutOver at =
        SpecSuccession.cutOver(
            Objects.requireNonNull(deployment.champion(), "champion"), offsets, tick);
    SpecSuccession next = succession.after(at);
    records.write(next, at);
    succession = next;
    log.info(
        "spec cut over model={} generation={} version={} offsets={}",
        names.model(),
        shadow.number(),
        at.version(),
        offsets);
  }

  private static Set<String> userTopics(SpecGeneration... generations) {
    Set<String> topics = new HashSet<>();
    for (SpecGeneration each : generations) {
      topics.addAll(SpecSuccession.specOf(each).events().topics());
    }
    return topics;
  }

  /** Ends what retires and waits for no label any more. */
  synchronized void retire() {
    if (endDrained()) {
      records.write(succession);
    }
  }

  private boolean endDrained() {
    SpecSuccession before = succession;
    for (SpecGeneration each : before.running()) {
      if (each.phase() == Phase.RETIRING && isDrained(each)) {
        leave(each);
        succession = succession.with(each.in(Phase.ENDED));
        log.info("spec ended model={} generation={}", names.model(), each.number());
      }
    }
    return succession != before;
  }

  /**
   * Whether, by its own ticks, the last event that it decided has its label, or can have none. The
   * event lies no further ahead of the last tick before the cut-over than an event may.
   */
  private boolean isDrained(SpecGeneration generation) {
    CutOver to = Objects.requireNonNull(generation.to(), "to");
    Events events = specOf(generation).events();
    Instant end =
        to.tick().time().plus(events.maxAhead()).plus(events.labelWithin().multipliedBy(2));
    return LastTick.of(client, generation.names(names).of(Topics.TICKS), names.model())
        .filter(tick -> tick.time().isAfter(end))
        .isPresent();
  }

  /** Returns the specs as they stand. */
  SpecSuccession succession() {
    return succession;
  }

  /** Returns the pipeline of the spec that decides; empty in the moment of a cut-over. */
  Optional<PipelineRole> live() {
    return Optional.ofNullable(roles.get(succession.live().number()));
  }

  /** Returns the counters of the spec that decides, as far as they can be asked now. */
  Map<String, Long> lastCounts() {
    return live().map(PipelineRole::lastCounts).orElse(Map.of());
  }

  /** Returns what each pipeline counted, by generation. */
  Map<Integer, Map<String, Long>> countsByGeneration() {
    Map<Integer, Map<String, Long>> counts = new TreeMap<>();
    roles.forEach((number, role) -> counts.put(number, role.lastCounts()));
    return counts;
  }

  /** Returns what stopped one of the pipelines, or the change from one to the next. */
  Optional<Throwable> failure() {
    return failure.or(
        () ->
            roles.values().stream()
                .map(PipelineRole::failure)
                .flatMap(Optional::stream)
                .findFirst());
  }

  void fail(Throwable cause) {
    failure = Optional.of(cause);
  }

  @Override
  public synchronized void close() {
    roles.values().forEach(PipelineRole::close);
  }
}

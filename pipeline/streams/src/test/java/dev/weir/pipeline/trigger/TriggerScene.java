package dev.weir.pipeline.trigger;

import dev.weir.contracts.certificate.Envelope;
import dev.weir.contracts.control.Audit;
import dev.weir.contracts.control.Candidate;
import dev.weir.contracts.control.Deployment;
import dev.weir.contracts.control.OrderAnswer;
import dev.weir.contracts.control.Signal;
import dev.weir.contracts.control.TrainingOrder;
import dev.weir.contracts.control.TrainingRequest;
import dev.weir.contracts.policy.Verdict;
import dev.weir.contracts.serde.Json;
import dev.weir.contracts.spec.ModelSpec;
import dev.weir.contracts.spec.SpecReader;
import dev.weir.contracts.topic.OffsetRange;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntPredicate;

/** A trigger on its own, with what it would keep over a restart; times are minutes. */
final class TriggerScene {
  static final String EXAMPLES = "weir.small.examples";
  static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private static final Envelope CERTIFICATE = new Envelope("type", "e30=", List.of());
  private static final String SPEC =
      """
      model: small
      version: 1
      events:
        features: {topic: f, id: id, time: at}
        labels: {topic: l, id: id, time: at, value: late}
      features:
        - {name: amount, type: number}
      training:
        network: {hidden: [4]}
      triggers:
      """;

  final DecisionLog decided = new DecisionLog();
  private final SortedMap<Long, EpochExamples> keptEpochs = new TreeMap<>();
  private final SortedMap<Long, OrderAnswer> keptOrders = new TreeMap<>();
  private final IntPredicate restartsBefore;
  private ModelSpec spec;
  private ExampleHistory history;
  private Trigger trigger;
  private int step;
  private long offset;
  private long epoch;

  /** A scene with these triggers that is never restarted. */
  TriggerScene(String triggers) {
    this(triggers, step -> false);
  }

  /** A scene that is restarted before the steps that {@code restartsBefore} names. */
  TriggerScene(String triggers, IntPredicate restartsBefore) {
    this.restartsBefore = restartsBefore;
    this.spec = spec(triggers);
    begin();
  }

  private static ModelSpec spec(String triggers) {
    return SpecReader.parse("small.yaml", SPEC + triggers.indent(2));
  }

  private Orders begin() {
    history =
        new ExampleHistory(
            EXAMPLES,
            Trigger.longestWindow(spec),
            new ExampleHistory.Journal() {
              @Override
              public void put(long number, EpochExamples examples) {
                keptEpochs.put(number, examples);
              }

              @Override
              public void delete(long number) {
                keptEpochs.remove(number);
              }
            });
    Orders orders =
        new Orders(
            spec.triggers().operator(),
            history,
            new Orders.Journal() {
              @Override
              public void put(long number, OrderAnswer answer) {
                keptOrders.put(number, answer);
              }

              @Override
              public void delete(long number) {
                keptOrders.remove(number);
              }
            });
    trigger = new Trigger(spec, spec.model(), history, orders, decided);
    return orders;
  }

  /** Goes on with other triggers, as after a start with another spec. */
  void restart(String triggers) {
    spec = spec(triggers);
    restart();
  }

  /** Goes on with nothing but what was kept, as JSON. */
  void restart() {
    byte[] state = Json.write(trigger.state());
    byte[] totals = Json.write(history.totals());
    Orders orders = begin();
    history.restore(Json.read(totals, ExampleHistory.Totals.class), new TreeMap<>(keptEpochs));
    orders.restore(new TreeMap<>(keptOrders));
    trigger.restore(Json.read(state, TriggerState.class));
  }

  private void step() {
    if (restartsBefore.test(step++)) {
      restart();
    }
  }

  int steps() {
    return step;
  }

  TriggerState state() {
    return trigger.state();
  }

  /** Ends an epoch in which so many examples came. */
  void tick(int minute, int examples, Signal... signals) {
    step();
    SortedMap<Integer, List<ExampleRun>> runs = new TreeMap<>();
    if (examples > 0) {
      runs.put(0, List.of(new ExampleRun(offset, examples)));
      offset += examples;
    }
    trigger.examples(++epoch, new EpochExamples(runs, new TreeMap<>()));
    for (Signal signal : signals) {
      trigger.signal(signal);
    }
    trigger.decide(at(minute));
  }

  static Signal alarm(String kind, String detector, String signal) {
    return signal(kind, detector, signal, true);
  }

  static Signal signal(String kind, String detector, String signal, boolean isAlarm) {
    return new Signal(
        "small", 1, kind, detector, signal, isAlarm, START, Map.of("p", 0.001, "effect", 0.25));
  }

  void promoted(int version, String requestId) {
    deployed(Deployment.Change.PROMOTED, version, requestId, null);
  }

  void deployed(Deployment.Change change, int version, String requestId, Deployment.Trial trial) {
    step();
    boolean isPromoted = change == Deployment.Change.PROMOTED;
    Deployment.Slot slot = new Deployment.Slot(isPromoted ? version : 1, "run", CERTIFICATE, START);
    trigger.deployment(
        new Deployment(
            "small", 1, slot, null, change, version, requestId, "r", START, trial, null));
  }

  void trained(String requestId, double joules, String method) {
    candidate(requestId, Candidate.Status.TRAINED, joules, method);
  }

  void failed(String requestId) {
    candidate(requestId, Candidate.Status.FAILED, 0, "estimated");
  }

  private void candidate(String requestId, Candidate.Status status, double joules, String method) {
    step();
    TrainingRequest request =
        new TrainingRequest(requestId, "small", "d", "volume", "r", List.of(), List.of(), START, 1);
    Map<String, Double> metrics = joules > 0 ? Map.of("joules", joules) : Map.of();
    trigger.candidate(
        new Candidate(request, status, 1, "run", "", "", metrics, method, null, START));
  }

  void blocked(String requestId) {
    step();
    trigger.audit(
        new Audit(
            requestId,
            "small",
            1,
            "run",
            new Verdict.Block(List.of()),
            CERTIFICATE,
            1,
            null,
            START));
  }

  void order(String id, Long last, TrainingOrder.Span span) {
    step();
    trigger.order(new TrainingOrder(id, "small", "why", "ann", last, span, START));
  }

  static Instant at(int minute) {
    return START.plusSeconds(60L * minute);
  }

  static OffsetRange range(long from, long to) {
    return new OffsetRange(EXAMPLES, 0, from, to);
  }
}

package dev.weir.contracts.topic;

import java.util.Map;
import java.util.Set;

/**
 * Every topic that Weir owns, with what its records are keyed by and how they are kept.
 *
 * <p>Names are {@code <prefix>.<model>.<what>} for topics of one model and {@code <prefix>.<what>}
 * for topics of all models.
 */
public enum Topics {
  /** Checked events and labels before features are derived, keyed by event id; Avro. */
  ARRIVALS("arrivals", Shape.SEQUENCE, 30),
  /** Encoded rows, keyed by event id; Avro. */
  ROWS("rows", Shape.DATA, 30),
  /** Checked labels, keyed by event id; JSON. */
  LABELS("labels", Shape.DATA, 30),
  /** Rows with their labels, keyed by event id; Avro. Never compacted: offsets name data sets. */
  EXAMPLES("examples", Shape.DATA, 400),
  /** Rows whose label the model's own decision prevented, keyed by event id; Avro. */
  UNOBSERVED("unobserved", Shape.DATA, 400),
  /** Restricted group attributes, keyed by the event or entity they are about; JSON. */
  GROUP_VALUES("group-values", Shape.DATA, 400),
  /** Records of the topic of group attributes that could not be used; as restricted. */
  GROUP_DEAD_LETTERS("group-dead-letters", Shape.DATA, 30),
  /** What each live version said, keyed by event id; Avro. */
  PREDICTIONS("predictions", Shape.DATA, 30),
  /** Predictions with their labels, keyed by event id; JSON. */
  OUTCOMES("outcomes", Shape.DATA, 400),
  /** Requests to delete what is kept of an entity, keyed by entity id, in each partition; JSON. */
  ERASURES("erasures", Shape.DATA, 30),
  /** Records that could not be used, with the reason in headers and the original bytes. */
  DEAD_LETTERS("dead-letters", Shape.DATA, 30),
  /** What the task of each partition must know, the same in each: ticks, the champion; JSON. */
  BROADCAST("broadcast", Shape.DATA, 30),
  /** What all monitors and the trigger see of all partitions, keyed by kind; JSON. */
  WATCH("watch", Shape.SEQUENCE, 30),
  /** Alarms and measurements of the monitors, keyed by model; JSON. */
  SIGNALS("signals", Shape.LOG, 400),
  /** Orders to train, given by hand, keyed by model; JSON. */
  TRAINING_ORDERS("training-orders", Shape.LOG, 400),
  /** What became of each order, keyed by model; JSON. */
  ORDER_ANSWERS("order-answers", Shape.LOG, 400),
  /** Requests to train, keyed by model; JSON. */
  TRAINING_REQUESTS("training-requests", Shape.LOG, 400),
  /** Trained (or failed) versions, keyed by model; JSON. */
  CANDIDATES("candidates", Shape.LOG, 400),
  /** Verdicts with their certificates, keyed by model; JSON. */
  AUDITS("audits", Shape.LOG, 400),
  /** What is live, keyed by model; JSON. */
  DEPLOYMENTS("deployments", Shape.TABLE, 400),
  /** Spec and policy of each model, keyed by model; JSON. */
  MODELS("models", Shape.TABLE, 400),
  /** Reference profile of each version, keyed by model and version; JSON. */
  REFERENCES("references", Shape.TABLE, 400),
  /** Which dead letters have been replayed, keyed by model and the record's origin; empty. */
  REPLAYS("replays", Shape.TABLE, 400),
  /** What moves event time, from the driver or the watermark, keyed by model; JSON. */
  TICKS("ticks", Shape.LOG, 400),
  /** What somebody wants in the ledger, keyed by request; JSON. */
  LEDGER_ENTRIES("ledger-entries", Shape.LOG, 400),
  /** The hash chain, keyed by index; JSON. Kept for ever. */
  LEDGER("ledger", Shape.LOG, Topics.FOR_EVER);

  /** Largest record that Weir's own topics take: larger than users' topics usually allow. */
  public static final int MAX_MESSAGE_BYTES = 8 * 1024 * 1024;

  private static final int FOR_EVER = -1;
  private static final Set<Topics> OF_ONE_SPEC =
      Set.of(
          ARRIVALS,
          ROWS,
          LABELS,
          EXAMPLES,
          UNOBSERVED,
          GROUP_VALUES,
          ERASURES,
          BROADCAST,
          WATCH,
          TICKS);
  private static final long MILLIS_PER_DAY = 86_400_000L;

  private final String what;
  private final Shape shape;
  private final int retentionDays;

  Topics(String what, Shape shape, int retentionDays) {
    this.what = what;
    this.shape = shape;
    this.retentionDays = retentionDays;
  }

  /** Returns whether the topic has as many partitions as all that are partitioned by event id. */
  public boolean isPartitioned() {
    return shape == Shape.DATA;
  }

  /** Returns the topic's name, for example {@code weir.flights.rows} or {@code weir.audits}. */
  public String name(String prefix, String model) {
    return shape.isOfOneModel ? prefix + "." + model + "." + what : prefix + "." + what;
  }

  /**
   * Returns whether each spec of a model has a topic of its own: for what it encodes, and for what
   * the pipeline that encodes by it keeps to itself. The first spec's have the names of {@link
   * #name(String, String)}.
   */
  public boolean isOfOneSpec() {
    return OF_ONE_SPEC.contains(this);
  }

  /** Returns the name of the topic that one spec has, for example {@code weir.flights.2.rows}. */
  String name(String prefix, String model, int generation) {
    return prefix + "." + model + "." + generation + "." + what;
  }

  /** Returns the partition count, where data topics have {@code dataPartitions}. */
  public int partitions(int dataPartitions) {
    return shape == Shape.DATA ? dataPartitions : 1;
  }

  /**
   * Returns the topic's settings.
   *
   * @param keepForEver whether retention is unlimited, as event-time replays of the past need
   */
  public Map<String, String> settings(boolean keepForEver) {
    long millis = keepForEver || retentionDays == FOR_EVER ? -1 : retentionDays * MILLIS_PER_DAY;
    return Map.of(
        "cleanup.policy", shape == Shape.TABLE ? "compact" : "delete",
        "retention.ms", Long.toString(millis),
        "max.message.bytes", Integer.toString(MAX_MESSAGE_BYTES));
  }

  /** Whose records a topic has, and how they are spread. */
  private enum Shape {
    /** Of one model, partitioned. */
    DATA(true),
    /** Of one model, in one partition: its order is the order of all. */
    SEQUENCE(true),
    /** Of all models, in one partition. */
    LOG(false),
    /** As a log, compacted. */
    TABLE(false);

    private final boolean isOfOneModel;

    Shape(boolean isOfOneModel) {
      this.isOfOneModel = isOfOneModel;
    }
  }
}

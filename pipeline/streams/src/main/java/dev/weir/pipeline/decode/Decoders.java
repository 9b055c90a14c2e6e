package dev.weir.pipeline.decode;

import dev.weir.contracts.spec.Events;
import dev.weir.contracts.spec.ModelSpec;
import dev.weir.contracts.spec.RecordFormat;
import dev.weir.contracts.spec.SpecReader;
import java.net.URI;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * How a spec's records are read; one per task, as it is not thread-safe.
 *
 * @param features reads the features topic
 * @param labels reads the labels topic
 * @param label finds the label in a label record
 */
public record Decoders(RecordDecoder features, RecordDecoder labels, LabelValue label) {
  private static final long SHORTEST_PAUSE_MILLIS = 100;
  private static final long LONGEST_PAUSE_MILLIS = 10_000;

  /**
   * Returns the decoders of {@code spec}.
   *
   * @param onRegistryRetry is called each time that a schema registry did not answer
   * @throws dev.weir.contracts.spec.SpecException if a schema or the label's expression is none
   */
  public static Decoders of(ModelSpec spec, Runnable onRegistryRetry) {
    Events events = spec.events();
    return new Decoders(
        records(spec, "/events/features", events.features().format(), onRegistryRetry),
        records(spec, "/events/labels", events.labels().format(), onRegistryRetry),
        label(spec));
  }

  /**
   * Returns the decoder of the spec's topic of group attributes.
   *
   * @throws dev.weir.contracts.spec.SpecException if its schema is none
   */
  public static RecordDecoder groups(
      ModelSpec spec, Events.GroupSource source, Runnable onRegistryRetry) {
    return records(spec, "/events/groups", source.format(), onRegistryRetry);
  }

  /**
   * Finds what is wrong with a spec's schemas and label before any record is read.
   *
   * @throws dev.weir.contracts.spec.SpecException if a schema or the label's expression is none
   */
  public static void requireReadable(ModelSpec spec) {
    of(spec, () -> {});
  }

  private static LabelValue label(ModelSpec spec) {
    Events.LabelRule rule = spec.events().labels().label();
    if (!rule.isExpression()) {
      return new LabelField(rule.text());
    }
    try {
      return LabelExpression.compile(rule.text());
    } catch (IllegalArgumentException e) {
      throw SpecReader.error(spec, "/events/labels/expression", String.valueOf(e.getMessage()));
    }
  }

  private static RecordDecoder records(
      ModelSpec spec, String pointer, RecordFormat format, Runnable onRegistryRetry) {
    try {
      ValueDecoder values = values(format, onRegistryRetry);
      return switch (format.envelope()) {
        case NONE -> new PlainRecords(values);
        case CLOUDEVENTS -> new CloudEvents(values);
        case DEBEZIUM -> new DebeziumChanges(values);
      };
    } catch (IllegalArgumentException e) {
      throw SpecReader.error(spec, pointer + "/schema", String.valueOf(e.getMessage()));
    }
  }

  private static ValueDecoder values(RecordFormat format, Runnable onRegistryRetry) {
    if (format.encoding() == RecordFormat.Encoding.JSON) {
      return new JsonValues();
    }
    URI registry = format.schema().registry();
    if (registry == null) {
      return schema(format, format.schema().text());
    }
    return new RegistryValues(
        format.schema(),
        new RegistryClient(
            registry,
            format.encoding(),
            tries -> {
              onRegistryRetry.run();
              TimeUnit.MILLISECONDS.sleep(pauseMillis(tries));
            }),
        text -> schema(format, text));
  }

  /** 100 ms, doubled with each try, at most ten seconds. */
  private static long pauseMillis(int tries) {
    return Math.min(LONGEST_PAUSE_MILLIS, SHORTEST_PAUSE_MILLIS << Math.min(tries - 1, 10));
  }

  private static SchemaReader schema(RecordFormat format, @Nullable String text) {
    if (text == null) {
      throw new IllegalArgumentException("the schema is missing");
    }
    return format.encoding() == RecordFormat.Encoding.AVRO
        ? AvroReader.of(text)
        : ProtobufReader.of(text, format.schema().message());
  }
}

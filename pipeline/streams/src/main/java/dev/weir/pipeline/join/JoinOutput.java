package dev.weir.pipeline.join;

import dev.weir.contracts.event.Example;
import dev.weir.contracts.event.Row;
import dev.weir.contracts.serde.AvroSerde;
import dev.weir.pipeline.state.Count;
import dev.weir.pipeline.state.Counters;
import java.time.Instant;
import java.util.function.Consumer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** What the label join says of an event: one of these, each with its counter. */
final class JoinOutput {
  private final ProcessorContext<String, byte[]> context;
  private final Counters counters;
  private final Consumer<Example> listener;
  private final Serializer<Example> examples = AvroSerde.examples().serializer();
  private final Serializer<Row> rows = AvroSerde.rows().serializer();
  private final Deserializer<Row> rowReader = AvroSerde.rows().deserializer();

  /**
   * Creates the output.
   *
   * @param listener hears of each example that is written
   */
  JoinOutput(
      ProcessorContext<String, byte[]> context, Counters counters, Consumer<Example> listener) {
    this.context = context;
    this.counters = counters;
    this.listener = listener;
  }

  /** Returns a row as it was read. */
  Row read(byte[] row) {
    return rowReader.deserialize("rows", row);
  }

  void labelled(Row row, KnownLabel label) {
    counters.add(Count.EXAMPLES);
    write(new Example(row, label.value(), label.time(), 1));
  }

  void silent(Row row, double label, Instant deadline) {
    counters.add(Count.SILENT);
    write(new Example(row, label, deadline, 1));
  }

  void corrected(Row row, KnownLabel label, int revision) {
    counters.add(Count.CORRECTED);
    write(new Example(row, label.value(), label.time(), revision));
  }

  private void write(Example example) {
    long event = example.row().eventTime().toEpochMilli();
    long time = Math.max(event, example.labelTime().toEpochMilli());
    byte[] value = examples.serialize("examples", example);
    context.forward(new Record<>(example.eventId(), value, time), EventJoin.EXAMPLES);
    listener.accept(example);
  }

  /** Its time is the event's, by which audits find it. */
  void unobserved(Row row) {
    counters.add(Count.UNOBSERVED);
    row.groups()
        .forEach((name, value) -> counters.addAs(Count.UNOBSERVED_IN_GROUP, name + "=" + value));
    byte[] value = rows.serialize("unobserved", row);
    long time = row.eventTime().toEpochMilli();
    context.forward(new Record<>(row.eventId(), value, time), EventJoin.UNOBSERVED);
  }

  void expired() {
    counters.add(Count.EXPIRED);
  }

  void count(Count what) {
    counters.add(what);
  }
}

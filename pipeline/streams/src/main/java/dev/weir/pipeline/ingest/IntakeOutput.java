package dev.weir.pipeline.ingest;

import dev.weir.contracts.event.Arrival;
import dev.weir.contracts.event.Label;
import dev.weir.contracts.event.Row;
import dev.weir.contracts.serde.AvroSerde;
import dev.weir.contracts.serde.LabelJson;
import dev.weir.pipeline.state.Count;
import dev.weir.pipeline.state.Counters;
import dev.weir.pipeline.watermark.Origins;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Where checked records go: to the stage that derives or, where nothing is derived, to the joins.
 */
final class IntakeOutput {
  private final ProcessorContext<Object, byte[]> context;
  private final IntakeSource source;
  private final Headers origin;
  private final boolean isDerived;
  private final Counters counters;
  private final Serializer<Arrival> arrivals = AvroSerde.arrivals().serializer();
  private final Serializer<Row> rows = AvroSerde.rows().serializer();

  IntakeOutput(
      ProcessorContext<Object, byte[]> context,
      IntakeSource source,
      boolean isDerived,
      Counters counters) {
    this.context = context;
    this.source = source;
    this.origin = Origins.of(source.intake(), context.taskId().partition());
    this.isDerived = isDerived;
    this.counters = counters;
  }

  void write(Arrival arrival) {
    if (arrival instanceof Arrival.OfEvent event) {
      write(event);
    } else {
      write((Arrival.OfLabel) arrival);
    }
  }

  private void write(Arrival.OfEvent event) {
    long time = event.row().eventTime().toEpochMilli();
    if (isDerived) {
      pass(event, time);
    } else {
      counters.add(Count.ROWS);
      byte[] row = rows.serialize("rows", event.row());
      context.forward(new Record<>(event.eventId(), row, time, origin), Intake.rows(source));
    }
  }

  private void write(Arrival.OfLabel arrival) {
    counters.add(Count.LABELS);
    Label label = arrival.label();
    long time = label.labelTime().toEpochMilli();
    if (isDerived) {
      pass(arrival, time);
    } else {
      context.forward(
          new Record<>(label.eventId(), LabelJson.write(label), time, origin),
          Intake.labels(source));
    }
  }

  private void pass(Arrival arrival, long time) {
    byte[] value = arrivals.serialize("arrivals", arrival);
    context.forward(new Record<>(arrival.eventId(), value, time, origin), Intake.arrivals(source));
  }
}

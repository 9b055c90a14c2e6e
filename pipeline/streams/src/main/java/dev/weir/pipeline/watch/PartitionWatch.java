package dev.weir.pipeline.watch;

import dev.weir.contracts.event.Example;
import dev.weir.contracts.event.Prediction;
import dev.weir.contracts.event.Row;
import dev.weir.contracts.event.ServingRole;
import dev.weir.contracts.serde.AvroSerde;
import dev.weir.contracts.serde.Json;
import dev.weir.contracts.spec.ModelSpec;
import dev.weir.contracts.topic.TopicNames;
import dev.weir.contracts.topic.Topics;
import dev.weir.pipeline.epoch.Broadcast;
import dev.weir.pipeline.epoch.EpochReport;
import dev.weir.pipeline.epoch.WatchKind;
import dev.weir.pipeline.state.WithStores;
import java.util.Set;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/**
 * Counts what passes through one partition between two ticks, and reports it at the tick: tallies
 * of rows and of the champion's predictions over the bins of the champion's profile, and where the
 * examples stand. A new champion begins the tallies anew.
 */
public final class PartitionWatch implements Processor<String, byte[], String, byte[]> {
  private final ModelSpec spec;
  private final String predictionsTopic;
  private final String examplesTopic;
  private final String rowsTopic;
  private final Deserializer<Row> rowReader = AvroSerde.rows().deserializer();
  private final Deserializer<Prediction> predictionReader = AvroSerde.predictions().deserializer();
  private final Deserializer<Example> exampleReader = AvroSerde.examples().deserializer();
  private ProcessorContext<String, byte[]> context;
  private EpochTally tally;
  private ExampleOffsets offsets;

  @SuppressWarnings("NullAway.Init")
  private PartitionWatch(ModelSpec spec, TopicNames names) {
    this.spec = spec;
    this.predictionsTopic = names.of(Topics.PREDICTIONS);
    this.examplesTopic = names.of(Topics.EXAMPLES);
    this.rowsTopic = names.of(Topics.ROWS);
  }

  /** Returns the supplier of this processor with its stores. */
  public static ProcessorSupplier<String, byte[], String, byte[]> supplier(
      ModelSpec spec, TopicNames names) {
    return new WithStores<>(
        () -> new PartitionWatch(spec, names), Set.of(EpochTally.store(), ExampleOffsets.store()));
  }

  @Override
  public void init(ProcessorContext<String, byte[]> processorContext) {
    this.context = processorContext;
    this.tally = new EpochTally(context.getStateStore(EpochTally.STORE));
    this.offsets = new ExampleOffsets(context.getStateStore(ExampleOffsets.STORE));
  }

  @Override
  public void process(Record<String, byte[]> record) {
    RecordMetadata source = context.recordMetadata().orElseThrow();
    String topic = source.topic();
    if (topic.equals(rowsTopic)) {
      row(rowReader.deserialize(topic, record.value()));
    } else if (topic.equals(predictionsTopic)) {
      prediction(predictionReader.deserialize(topic, record.value()));
    } else if (topic.equals(examplesTopic)) {
      example(exampleReader.deserialize(topic, record.value()), source.offset());
    } else {
      broadcast(Json.read(record.value(), Broadcast.class), record.timestamp());
    }
  }

  private void row(Row row) {
    if (row.specDigest().equals(spec.digest())) {
      tally.row(row.features());
    }
  }

  private void prediction(Prediction prediction) {
    if (prediction.role() == ServingRole.CHAMPION && prediction.version() == tally.champion()) {
      tally.prediction(prediction.probability());
    }
  }

  private void example(Example example, long offset) {
    if (example.revision() > 1) {
      offsets.correction(offset);
    } else {
      offsets.example(offset);
      tally.label(example.row().eventTime(), example.labelTime());
    }
  }

  private void broadcast(Broadcast broadcast, long timestamp) {
    if (broadcast.champion() != null) {
      tally.champion(broadcast.champion());
    } else if (broadcast.tick() != null) {
      EpochReport report =
          new EpochReport(
              context.taskId().partition(),
              broadcast.epoch(),
              broadcast.tick(),
              tally.takeBytes(),
              offsets.takeRuns(),
              offsets.takeCorrection());
      context.forward(new Record<>(WatchKind.EPOCH.key(), Json.write(report), timestamp));
    }
  }
}

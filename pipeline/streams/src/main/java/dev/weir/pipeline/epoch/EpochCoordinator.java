package dev.weir.pipeline.epoch;

import dev.weir.contracts.control.Audit;
import dev.weir.contracts.control.Candidate;
import dev.weir.contracts.control.Deployment;
import dev.weir.contracts.control.SpecGeneration;
import dev.weir.contracts.control.Tick;
import dev.weir.contracts.feature.FeatureLayout;
import dev.weir.contracts.reference.ReferenceProfile;
import dev.weir.contracts.serde.Json;
import dev.weir.contracts.spec.ModelSpec;
import dev.weir.contracts.topic.TopicNames;
import dev.weir.contracts.topic.Topics;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * Numbers the ticks of a model and broadcasts them, and its champion, to all partitions. What else
 * comes from outside the data waits in the inbox for the end of the epoch in which it came: so it
 * counts from the same tick on for every partition.
 */
final class EpochCoordinator implements Processor<String, byte[], String, byte[]> {
  private final TopicNames names;
  private final SpecGeneration generation;
  private final FeatureLayout layout;
  private ProcessorContext<String, byte[]> context;
  private EpochState state;
  private EpochInbox inbox;

  @SuppressWarnings("NullAway.Init")
  EpochCoordinator(ModelSpec spec, TopicNames names, SpecGeneration generation) {
    this.generation = generation;
    this.names = names;
    this.layout = FeatureLayout.of(spec);
  }

  @Override
  public void init(ProcessorContext<String, byte[]> processorContext) {
    this.context = processorContext;
    this.state = new EpochState(context.getStateStore(EpochState.STORE));
    this.inbox = new EpochInbox(context.getStateStore(EpochInbox.STORE));
  }

  @Override
  public void process(Record<String, byte[]> record) {
    String topic = context.recordMetadata().map(RecordMetadata::topic).orElse("");
    if (topic.equals(names.of(Topics.TICKS))) {
      tick(record);
    } else if (topic.equals(names.of(Topics.REFERENCES))) {
      reference(record);
    } else if (topic.equals(names.of(Topics.DEPLOYMENTS))) {
      deployment(record);
    } else if (topic.equals(names.of(Topics.CANDIDATES))) {
      put(ControlEvent.of(Json.read(record.value(), Candidate.class)));
    } else if (topic.equals(names.of(Topics.AUDITS))) {
      put(ControlEvent.of(Json.read(record.value(), Audit.class)));
    }
  }

  private void tick(Record<String, byte[]> record) {
    Tick tick = Json.read(record.value(), Tick.class);
    long epoch = state.open();
    state.close(epoch);
    forward(new Broadcast(epoch, tick, null), record.timestamp());
  }

  private void reference(Record<String, byte[]> record) {
    String prefix = names.model() + "/";
    if (record.value() == null || !record.key().startsWith(prefix)) {
      return;
    }
    String version = record.key().substring(prefix.length());
    state.reference(version, record.value());
    if (version.equals(Integer.toString(state.champion()))) {
      champion(record.timestamp());
    }
  }

  private void deployment(Record<String, byte[]> record) {
    Deployment deployment = seen(Json.read(record.value(), Deployment.class));
    if (!deployment.model().equals(names.model())) {
      return;
    }
    put(ControlEvent.of(deployment));
    Deployment.Slot champion = deployment.champion();
    if (champion != null && champion.version() != state.champion()) {
      state.champion(champion.version());
      champion(record.timestamp());
    }
  }

  /** In shadow, no champion but one of this spec is one: the first version is still to come. */
  private Deployment seen(Deployment deployment) {
    Deployment.Slot champion = deployment.champion();
    return generation.isInShadow()
            && deployment.model().equals(names.model())
            && champion != null
            && !champion.specDigest().equals(generation.specDigest())
        ? deployment.withoutChampion()
        : deployment;
  }

  private void champion(long timestamp) {
    int version = state.champion();
    Broadcast.Champion champion = new Broadcast.Champion(version, reference(version));
    put(ControlEvent.of(champion));
    forward(new Broadcast(state.open(), null, champion), timestamp);
  }

  /** Rows of this spec cannot be counted over the profile of another one. */
  private @Nullable ReferenceProfile reference(int version) {
    byte[] kept = state.reference(version);
    if (kept == null) {
      return null;
    }
    ReferenceProfile profile = Json.read(kept, ReferenceProfile.class);
    return profile.fits(layout) ? profile : null;
  }

  private void put(ControlEvent event) {
    inbox.put(state.open(), state.nextSequence(), event);
  }

  private void forward(Broadcast broadcast, long timestamp) {
    context.forward(new Record<>(names.model(), Json.write(broadcast), timestamp));
  }
}

package dev.weir.pipeline;

import dev.weir.contracts.spec.ModelSpec;
import dev.weir.contracts.topic.TopicNames;
import dev.weir.contracts.topic.Topics;
import java.util.EnumSet;
import java.util.Set;

/** The topics that the pipeline of a spec reads. */
final class PipelineTopics {
  private final ModelSpec spec;
  private final TopicNames names;

  PipelineTopics(ModelSpec spec, TopicNames names) {
    this.spec = spec;
    this.names = names;
  }

  /** Returns our own. */
  Set<Topics> own() {
    Set<Topics> topics =
        EnumSet.of(
            Topics.TICKS,
            Topics.BROADCAST,
            Topics.ROWS,
            Topics.LABELS,
            Topics.EXAMPLES,
            Topics.PREDICTIONS,
            Topics.WATCH,
            Topics.DEPLOYMENTS,
            Topics.REFERENCES,
            Topics.CANDIDATES,
            Topics.AUDITS,
            Topics.TRAINING_ORDERS);
    if (IngestTopology.isDerived(spec)) {
      topics.add(Topics.ARRIVALS);
    }
    if (spec.events().erasures() != null) {
      topics.add(Topics.ERASURES);
    }
    return topics;
  }

  /** Returns the names of all. */
  Set<String> all() {
    Set<String> topics = spec.events().topics();
    own().forEach(topic -> topics.add(names.of(topic)));
    return topics;
  }
}

package dev.weir.pipeline.decode;

import dev.weir.contracts.spec.ModelSpec;

/**
 * How a spec's records are read.
 *
 * @param features reads the features topic
 * @param labels reads the labels topic
 * @param label finds the label in a label record
 */
public record Decoders(RecordDecoder features, RecordDecoder labels, LabelValue label) {
  /** Returns the decoders of {@code spec}. */
  public static Decoders of(ModelSpec spec) {
    RecordDecoder json = new PlainRecords(new JsonValues());
    return new Decoders(json, json, new LabelField(spec.events().labels().value()));
  }
}

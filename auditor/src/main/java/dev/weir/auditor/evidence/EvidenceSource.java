package dev.weir.auditor.evidence;

import dev.weir.contracts.policy.Metric;
import java.util.List;
import java.util.function.ToLongFunction;

/** Something that measures what gates may ask of a candidate beyond the scores of its rows. */
@FunctionalInterface
public interface EvidenceSource {
  /** Returns what is measured; empty when this source does not know the metric. */
  List<Measured> of(Metric metric);

  /** Returns this source, which samples at most so many rows. */
  default EvidenceSource onAtMost(ToLongFunction<Metric> rows) {
    return metric ->
        of(metric).stream().map(each -> each.onAtMost(rows.applyAsLong(metric))).toList();
  }
}

package dev.weir.contracts.control;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a training was asked for by, as a machine can read it.
 *
 * @param signals the alarms that raised the request; empty where none did
 * @param facts numbers behind the decision: {@code examples} so far, {@code freshExamples} since
 *     the alarm or the last request, and what the trigger compared them with
 * @param order the order by hand; null where nobody ordered it
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Evidence(
    List<Signal> signals, Map<String, Double> facts, @Nullable TrainingOrder order) {
  public Evidence {
    signals = List.copyOf(signals);
    facts = Collections.unmodifiableMap(new TreeMap<>(facts));
  }
}

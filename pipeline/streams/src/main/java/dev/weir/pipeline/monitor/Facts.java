package dev.weir.pipeline.monitor;

import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/** The numbers behind a signal, by name; what is undefined is left out. */
final class Facts {
  private final Map<String, Double> numbers = new TreeMap<>();

  /** Adds a number; infinity becomes the largest double, as JSON knows no infinity. */
  Facts with(String name, double value) {
    if (!Double.isNaN(value)) {
      numbers.put(name, Math.max(-Double.MAX_VALUE, Math.min(Double.MAX_VALUE, value)));
    }
    return this;
  }

  /** Adds a count, exact up to 2⁵³. */
  Facts with(String name, long count) {
    numbers.put(name, (double) count);
    return this;
  }

  /** Adds a number where it is defined. */
  Facts with(String name, OptionalDouble value) {
    value.ifPresent(each -> with(name, each));
    return this;
  }

  Map<String, Double> map() {
    return numbers;
  }
}

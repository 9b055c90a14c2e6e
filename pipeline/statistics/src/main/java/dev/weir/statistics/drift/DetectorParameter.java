package dev.weir.statistics.drift;

/**
 * A parameter of a detector.
 *
 * @param name its name, as in the detector's constructor
 * @param value its default
 * @param isWhole whether it must be a whole number
 * @param meaning what it does, in a few words
 */
public record DetectorParameter(String name, double value, boolean isWhole, String meaning) {
  static DetectorParameter real(String name, double value, String meaning) {
    return new DetectorParameter(name, value, false, meaning);
  }

  static DetectorParameter whole(String name, int value, String meaning) {
    return new DetectorParameter(name, value, true, meaning);
  }

  /** Returns the default as a person writes it, {@code 30} and {@code 0.005}. */
  public String text() {
    return isWhole ? Long.toString((long) value) : Double.toString(value);
  }
}

package dev.weir.contracts.spec;

/** The probability from which a row is selected. */
public sealed interface DecisionThreshold {
  /** Returns the threshold, given the base rate of the training rows. */
  double resolve(double baseRate);

  /**
   * A fixed number.
   *
   * @param value in [0, 1]
   */
  record Fixed(double value) implements DecisionThreshold {
    @Override
    public double resolve(double baseRate) {
      return value;
    }
  }

  /** The base rate of the training rows. */
  record BaseRate() implements DecisionThreshold {
    @Override
    public double resolve(double baseRate) {
      return baseRate;
    }
  }
}

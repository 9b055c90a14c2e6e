package dev.weir.contracts.event;

import java.util.Arrays;

/** An immutable vector of encoded feature values; a missing number is NaN, an unseen category 0. */
public final class FeatureVector {
  private final float[] values;

  private FeatureVector(float[] values) {
    this.values = values;
  }

  /** Returns a vector that holds a copy of {@code values}. */
  public static FeatureVector of(float... values) {
    return new FeatureVector(values.clone());
  }

  /** Returns the number of positions. */
  public int size() {
    return values.length;
  }

  /** Returns the value at {@code position}. */
  public float get(int position) {
    return values[position];
  }

  /** Returns a copy of the values. */
  public float[] toArray() {
    return values.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof FeatureVector that && Arrays.equals(values, that.values);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(values);
  }

  /** Returns the size only: feature values are never logged. */
  @Override
  public String toString() {
    return "FeatureVector[" + values.length + "]";
  }
}

package dev.weir.model.network;

/** How one feature enters the first layer: as a block of {@link #width} values. */
public sealed interface FeatureEncoding {
  /** Returns the number of values of the block, ≥ 1. */
  int width();

  /** Writes the block of {@code value} to {@code into} from {@code offset} on. */
  void encode(double value, double[] into, int offset);

  /**
   * A number, {@code (x − shift) · scale}.
   *
   * @param missing takes the place of NaN; NaN if nothing does
   */
  record Numeric(double missing, double shift, double scale) implements FeatureEncoding {
    /** The number itself. */
    public static final Numeric RAW = new Numeric(Double.NaN, 0, 1);

    @Override
    public int width() {
      return 1;
    }

    @Override
    public void encode(double value, double[] into, int offset) {
      double known = Double.isNaN(value) ? missing : value;
      into[offset] = (known - shift) * scale;
    }
  }

  /**
   * A category as zeros and a one: the k-th value is 1 where the code, rounded half to even, is
   * {@code first + k}; a code outside gives zeros only.
   */
  record OneHot(int first, int width) implements FeatureEncoding {
    @Override
    public void encode(double value, double[] into, int offset) {
      double code = Math.rint(value);
      for (int k = 0; k < width; k++) {
        into[offset + k] = code == first + k ? 1 : 0;
      }
    }
  }
}

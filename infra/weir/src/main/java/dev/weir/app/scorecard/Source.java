package dev.weir.app.scorecard;

import java.util.SplittableRandom;

/** What a stream is drawn from, before a change and after it. */
public enum Source {
  /** A model's mistakes: 20 % before, 35 % after. */
  MISTAKES("mistakes, 20 % → 35 %", true) {
    @Override
    double draw(boolean isNew, SplittableRandom random) {
      return random.nextDouble() < (isNew ? 0.35 : 0.2) ? 1 : 0;
    }
  },
  /** A number whose mean moves by half a standard deviation. */
  SHIFT("numbers, N(0, 1) → N(0.5, 1)", false) {
    @Override
    double draw(boolean isNew, SplittableRandom random) {
      return normal(random) + (isNew ? 0.5 : 0);
    }
  },
  /** A number whose mean stays and whose standard deviation doubles. */
  SPREAD("numbers, N(0, 1) → N(0, 2²)", false) {
    @Override
    double draw(boolean isNew, SplittableRandom random) {
      return normal(random) * (isNew ? 2 : 1);
    }
  };

  private final String text;
  private final boolean isBinary;

  Source(String text, boolean isBinary) {
    this.text = text;
    this.isBinary = isBinary;
  }

  abstract double draw(boolean isNew, SplittableRandom random);

  /** Returns it in words. */
  public String text() {
    return text;
  }

  /** Returns whether every value is 0 or 1. */
  public boolean isBinary() {
    return isBinary;
  }

  /** Returns a stream of this source. */
  double[] stream(Shape shape, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] values = new double[shape.events()];
    for (int i = 0; i < values.length; i++) {
      values[i] = draw(random.nextDouble() < shape.shareOfNew(i), random);
    }
    return values;
  }

  /** Box and Muller's, so that no release of Java draws other numbers. */
  private static double normal(SplittableRandom random) {
    double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - random.nextDouble()));
    return radius * StrictMath.cos(2 * Math.PI * random.nextDouble());
  }
}

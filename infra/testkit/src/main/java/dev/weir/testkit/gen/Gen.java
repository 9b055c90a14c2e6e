package dev.weir.testkit.gen;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * A seeded source of random values for one case of a property test.
 *
 * <p>The same seed gives the same values on every machine ({@link Random}'s sequence is specified).
 * Not safe for use by several threads.
 */
public final class Gen {
  private final long seed;
  private final Random random;

  private Gen(long seed) {
    this.seed = seed;
    this.random = new Random(seed);
  }

  /** Returns the source of the case with this seed, to repeat one that failed. */
  public static Gen of(long seed) {
    return new Gen(seed);
  }

  /**
   * Checks a property on {@code n} cases, whose seeds are derived from {@code seed}.
   *
   * @throws AssertionError if a case fails; names the seed that {@link #of} repeats it with, and
   *     has the failure as its cause
   */
  public static void cases(int n, long seed, Consumer<Gen> property) {
    if (n < 1) {
      throw new IllegalArgumentException("n must be >= 1, was " + n);
    }
    for (int i = 0; i < n; i++) {
      Gen gen = of(mix(seed + i));
      try {
        property.accept(gen);
      } catch (RuntimeException | AssertionError e) {
        throw new AssertionError(
            "case "
                + (i + 1)
                + " of "
                + n
                + " failed; repeat it with Gen.of("
                + gen.seed
                + "L): "
                + e.getMessage(),
            e);
      }
    }
  }

  /** Returns the seed of this case. */
  public long seed() {
    return seed;
  }

  /** Returns an integer, uniform over [{@code low}, {@code high}], both included. */
  public int intBetween(int low, int high) {
    return (int) longBetween(low, high);
  }

  /** Returns an integer, uniform over [{@code low}, {@code high}], both included. */
  public long longBetween(long low, long high) {
    if (low > high) {
      throw new IllegalArgumentException("low must be <= high, was " + low + " > " + high);
    }
    return high == Long.MAX_VALUE && low == Long.MIN_VALUE
        ? random.nextLong()
        : low == high ? low : boundedLong(low, high);
  }

  private long boundedLong(long low, long high) {
    return high < Long.MAX_VALUE
        ? random.longs(1, low, high + 1).sum()
        : random.longs(1, low - 1, high).sum() + 1;
  }

  /** Returns a number, uniform over [{@code low}, {@code high}). */
  public double doubleBetween(double low, double high) {
    if (!(low < high)) {
      throw new IllegalArgumentException("low must be < high, was " + low + ", " + high);
    }
    return Math.min(low + random.nextDouble() * (high - low), Math.nextDown(high));
  }

  /** Returns a number from the standard normal distribution. */
  public double gaussian() {
    return random.nextGaussian();
  }

  /** Returns true with the given probability. */
  public boolean chance(double probability) {
    if (!(probability >= 0 && probability <= 1)) {
      throw new IllegalArgumentException("probability must be in [0, 1], was " + probability);
    }
    return random.nextDouble() < probability;
  }

  /** Returns one of the elements, each as likely as any other. */
  public <T> T pick(List<T> elements) {
    if (elements.isEmpty()) {
      throw new IllegalArgumentException("elements must not be empty");
    }
    return elements.get(random.nextInt(elements.size()));
  }

  /** Returns a copy of the elements in a random order, each order as likely as any other. */
  public <T> List<T> shuffle(List<T> elements) {
    List<T> copy = new ArrayList<>(elements);
    Collections.shuffle(copy, random);
    return copy;
  }

  /** Returns {@code size} elements, each made from this source in turn. */
  public <T> List<T> list(int size, Function<Gen, T> element) {
    return IntStream.range(0, size).mapToObj(i -> element.apply(this)).toList();
  }

  /** Returns {@code size} integers, each as by {@link #intBetween}. */
  public int[] ints(int size, int low, int high) {
    return IntStream.range(0, size).map(i -> intBetween(low, high)).toArray();
  }

  /** Returns {@code size} numbers, each as by {@link #doubleBetween}. */
  public double[] doubles(int size, double low, double high) {
    return IntStream.range(0, size).mapToDouble(i -> doubleBetween(low, high)).toArray();
  }

  /** Returns a lower-case ASCII word of the given length. */
  public String word(int length) {
    StringBuilder word = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      word.append((char) intBetween('a', 'z'));
    }
    return word.toString();
  }

  /**
   * Returns a seed far from its neighbours', by the finalizer of SplitMix64 (Steele, Lea, Flood,
   * "Fast splittable pseudorandom number generators", 2014).
   */
  private static long mix(long z) {
    long a = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    long b = (a ^ (a >>> 27)) * 0x94d049bb133111ebL;
    return b ^ (b >>> 31);
  }
}

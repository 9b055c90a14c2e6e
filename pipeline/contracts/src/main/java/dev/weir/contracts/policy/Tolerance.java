package dev.weir.contracts.policy;

/** Where a measured quantity may lie. */
public sealed interface Tolerance {
  /** Returns whether all values between {@code lower} and {@code upper} are tolerated. */
  boolean contains(double lower, double upper);

  /** Returns whether no value between {@code lower} and {@code upper} is tolerated. */
  boolean excludes(double lower, double upper);

  /** Returns how many limits there are, each of which a quantity can be found beyond by chance. */
  int limits();

  /** Returns the tolerance in words, for example {@code > 0.5}. */
  String describe();

  /**
   * Everything above a limit.
   *
   * @param limit the limit, itself not tolerated
   */
  record Above(double limit) implements Tolerance {
    @Override
    public boolean contains(double lower, double upper) {
      return lower > limit;
    }

    @Override
    public boolean excludes(double lower, double upper) {
      return upper <= limit;
    }

    @Override
    public int limits() {
      return 1;
    }

    @Override
    public String describe() {
      return "> " + limit;
    }
  }

  /**
   * Everything below a limit.
   *
   * @param limit the limit, itself not tolerated
   */
  record Below(double limit) implements Tolerance {
    @Override
    public boolean contains(double lower, double upper) {
      return upper < limit;
    }

    @Override
    public boolean excludes(double lower, double upper) {
      return lower >= limit;
    }

    @Override
    public int limits() {
      return 1;
    }

    @Override
    public String describe() {
      return "< " + limit;
    }
  }

  /**
   * Everything between −limit and +limit.
   *
   * @param limit half the width, &gt; 0
   */
  record Within(double limit) implements Tolerance {
    public Within {
      if (!(limit > 0)) {
        throw new IllegalArgumentException("limit must be > 0, was " + limit);
      }
    }

    @Override
    public boolean contains(double lower, double upper) {
      return lower > -limit && upper < limit;
    }

    @Override
    public boolean excludes(double lower, double upper) {
      return lower >= limit || upper <= -limit;
    }

    @Override
    public int limits() {
      return 2;
    }

    @Override
    public String describe() {
      return "within ±" + limit;
    }
  }

  /** Anything: the quantity is reported and never judged. */
  record Reported() implements Tolerance {
    @Override
    public boolean contains(double lower, double upper) {
      return true;
    }

    @Override
    public boolean excludes(double lower, double upper) {
      return false;
    }

    @Override
    public int limits() {
      return 0;
    }

    @Override
    public String describe() {
      return "reported";
    }
  }
}

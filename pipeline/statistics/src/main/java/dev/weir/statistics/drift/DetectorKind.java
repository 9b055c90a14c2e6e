package dev.weir.statistics.drift;

import static dev.weir.statistics.drift.DetectorParameter.real;
import static dev.weir.statistics.drift.DetectorParameter.whole;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** The detectors there are, by name, with their parameters and whose variant each is. */
public enum DetectorKind {
  /** {@link Adwin} in river's variant. */
  ADWIN("river 0.21", Input.NUMBER, Adwins.PARAMETERS, v -> Adwins.of(Adwin.Variant.RIVER, v)),
  /** {@link Adwin} in scikit-multiflow's variant. */
  ADWIN_SCIKIT_MULTIFLOW(
      "scikit-multiflow d073a70",
      Input.NUMBER,
      Adwins.PARAMETERS,
      v -> Adwins.of(Adwin.Variant.SCIKIT_MULTIFLOW, v)),
  /** {@link PageHinkley}. */
  PAGE_HINKLEY(
      "scikit-multiflow d073a70",
      Input.NUMBER,
      List.of(
          whole("minObservations", 30, "observations before the first alarm"),
          real("delta", 0.005, "rise of the mean that is no change"),
          real("threshold", 50, "sum of excesses that is a change"),
          real("alpha", 0.9999, "forgetting factor of the sum")),
      v -> new PageHinkley(v.whole(0), v.real(1), v.real(2), v.real(3))),
  /** {@link Ddm}. */
  DDM(
      "scikit-multiflow d073a70",
      Input.BINARY,
      List.of(
          whole("minObservations", 30, "observations before the first alarm"),
          real("warningLevel", 2, "deviations above the least rate that are a warning"),
          real("driftLevel", 3, "deviations above the least rate that are a change")),
      v -> new Ddm(v.whole(0), v.real(1), v.real(2))),
  /** {@link Eddm}. */
  EDDM(
      "scikit-multiflow d073a70",
      Input.BINARY,
      List.of(
          whole("minMistakes", 30, "mistakes before the first alarm"),
          real("warningLevel", 0.95, "share of the greatest distance that is a warning"),
          real("driftLevel", 0.9, "share of the greatest distance that is a change")),
      v -> new Eddm(v.whole(0), v.real(1), v.real(2))),
  /** {@link HddmA}. */
  HDDM_A(
      "scikit-multiflow d073a70",
      Input.UNIT,
      List.of(
          real("confidence", 0.001, "chance of a false alarm"),
          real("warningConfidence", 0.005, "chance of a false warning")),
      v -> new HddmA(v.real(0), v.real(1))),
  /** {@link HddmW}. */
  HDDM_W(
      "scikit-multiflow d073a70",
      Input.UNIT,
      List.of(
          real("confidence", 0.001, "chance of a false alarm"),
          real("warningConfidence", 0.005, "chance of a false warning"),
          real("lambda", 0.05, "weight of the newest value")),
      v -> new HddmW(v.real(0), v.real(1), v.real(2))),
  /** {@link Kswin}. */
  KSWIN(
      "Raab et al. 2020, exact p-value",
      Input.NUMBER,
      List.of(
          real("alpha", 0.005, "level of the test at each observation"),
          whole("windowSize", 100, "observations in the window"),
          whole("recentSize", 30, "latest observations, compared with as many older ones")),
      v -> new Kswin(v.real(0), v.whole(1), v.whole(2), v.seed));

  private final String variant;
  private final Input input;
  private final List<DetectorParameter> parameters;
  private final Function<Values, DriftDetector> factory;

  DetectorKind(
      String variant,
      Input input,
      List<DetectorParameter> parameters,
      Function<Values, DriftDetector> factory) {
    this.variant = variant;
    this.input = input;
    this.parameters = parameters;
    this.factory = factory;
  }

  /** What a detector takes. */
  public enum Input {
    /** Any finite number. */
    NUMBER("any number"),
    /** A number in [0, 1]. */
    UNIT("a number in [0, 1]"),
    /** 1 for a mistake, else 0. */
    BINARY("0 or 1");

    private final String text;

    Input(String text) {
      this.text = text;
    }

    /** Returns it in words. */
    public String text() {
      return text;
    }
  }

  /** Returns the name that commands take, such as {@code page-hinkley}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Returns whose variant it is, with the version. */
  public String variant() {
    return variant;
  }

  /** Returns what it takes. */
  public Input input() {
    return input;
  }

  /** Returns its parameters with their defaults. */
  public List<DetectorParameter> parameters() {
    return parameters;
  }

  /**
   * Returns a new detector.
   *
   * @param settings values by the parameter's name; what is not named has its default
   * @param seed of what is drawn at random, if anything
   * @throws IllegalArgumentException if there is no such parameter or its value is not allowed
   */
  public DriftDetector create(Map<String, Double> settings, long seed) {
    List<String> known = parameters.stream().map(DetectorParameter::name).toList();
    for (String name : settings.keySet()) {
      if (!known.contains(name)) {
        throw new IllegalArgumentException(
            id() + " has no parameter '" + name + "'; it has " + String.join(", ", known));
      }
    }
    List<Double> values = new ArrayList<>();
    for (DetectorParameter each : parameters) {
      values.add(settings.getOrDefault(each.name(), each.value()));
    }
    return factory.apply(new Values(parameters, values, seed));
  }

  /** Values in the order of the parameters. */
  private static final class Values {
    private final List<DetectorParameter> parameters;
    private final List<Double> values;
    private final long seed;

    Values(List<DetectorParameter> parameters, List<Double> values, long seed) {
      this.parameters = parameters;
      this.values = values;
      this.seed = seed;
    }

    double real(int i) {
      return values.get(i);
    }

    int whole(int i) {
      double value = values.get(i);
      if (value != (int) value) {
        throw new IllegalArgumentException(
            parameters.get(i).name() + " must be a whole number, was " + value);
      }
      return (int) value;
    }
  }

  /** What both variants of ADWIN share; an enum's constants cannot read its static fields. */
  private static final class Adwins {
    static final List<DetectorParameter> PARAMETERS =
        List.of(
            real("delta", 0.002, "confidence parameter"),
            whole("clock", 32, "observations between two checks"),
            whole("maxBuckets", 5, "buckets of one size"),
            whole("minWindowLength", 5, "shortest part of a cut"),
            whole("gracePeriod", 10, "observations before the first check"));

    private Adwins() {}

    static Adwin of(Adwin.Variant variant, Values v) {
      return new Adwin(variant, v.real(0), v.whole(1), v.whole(2), v.whole(3), v.whole(4));
    }
  }
}

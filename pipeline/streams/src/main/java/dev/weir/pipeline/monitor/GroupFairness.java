package dev.weir.pipeline.monitor;

import dev.weir.contracts.control.Signal;
import dev.weir.contracts.reference.ReferenceProfile;
import dev.weir.contracts.serde.Json;
import dev.weir.contracts.spec.ModelSpec;
import dev.weir.contracts.spec.Monitoring;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * Alarms when two groups are decided about at rates that differ by more than a tolerance: an
 * anytime-valid e-process per rate and pair of groups ({@link PairGap}), looked at on every tick.
 *
 * <p>Where no pair differs by more than the tolerance, the chance of any alarm while a champion
 * serves, however long, is at most {@code monitors.level}: evidence must reach {@code pairs · rates
 * / level} (Ville, Bonferroni), with the pairs that the spec declares or, where a grouping declares
 * no groups, those of {@code mostGroups}; of more than {@value #MOST_PAIRS} pairs the last groups
 * are left out. A pair alarms once per champion. It sees rows with a label only. Groups without a
 * row, rows in undeclared groups or in none, and decisions that an old prediction does not tell,
 * are stated in each report.
 */
final class GroupFairness implements Monitor {
  private static final String DETECTOR = "e-process";

  /** A pair takes some 500 bytes per rate, and the whole state is one record of a changelog. */
  private static final int MOST_PAIRS = 500;

  private final ModelSpec spec;
  private final Monitoring.Fairness terms;
  private final double needed;
  private List<Grouping> groupings;
  private int version;
  private long outcomes;
  private long undecided;
  private long reported;

  private record State(
      int version,
      String terms,
      List<Grouping.State> groupings,
      long outcomes,
      long undecided,
      long reported) {}

  GroupFairness(ModelSpec spec) {
    this.spec = spec;
    this.terms = spec.monitors().fairness();
    this.groupings = fresh();
    int pairs = groupings.stream().mapToInt(Grouping::mostPairs).sum();
    this.needed = Math.max(1, pairs) * terms.rates().size() / spec.monitors().level();
  }

  private List<Grouping> fresh() {
    int pairs = MOST_PAIRS / Math.max(1, spec.groups().size());
    return spec.groups().stream().map(each -> new Grouping(each, terms, pairs)).toList();
  }

  @Override
  public String name() {
    return "group-fairness";
  }

  @Override
  public void champion(int champion, @Nullable ReferenceProfile profile) {
    if (champion != version) {
      begin(champion);
    }
  }

  private void begin(int champion) {
    version = champion;
    groupings = fresh();
    outcomes = 0;
    undecided = 0;
    reported = 0;
  }

  @Override
  public void rows(RowTally tally) {
    // Tallies know no groups.
  }

  @Override
  public void outcome(Watched outcome) {
    if (!outcome.isDecisionOf(version)) {
      return;
    }
    outcomes++;
    Boolean isSelected = outcome.selected();
    if (isSelected == null) {
      undecided++;
      return;
    }
    for (Grouping grouping : groupings) {
      grouping.add(outcome.groups().get(grouping.name()), isSelected, outcome.label());
    }
  }

  @Override
  public List<Signal> tick(Instant now) {
    List<Signal> signals = new ArrayList<>();
    for (Grouping grouping : groupings) {
      for (GroupRates rates : grouping.rates()) {
        for (PairGap pair : rates.pairs()) {
          if (pair.isNews(needed)) {
            signals.add(alarm(grouping, rates, pair, now));
          }
        }
      }
    }
    if (outcomes - reported >= terms.window()) {
      reported = outcomes;
      report(now, signals);
    }
    return signals;
  }

  private Signal alarm(Grouping grouping, GroupRates rates, PairGap pair, Instant now) {
    Facts facts =
        evidence(pair)
            .with("firstRate", rates.value(pair.first()))
            .with("firstRows", rates.rows(pair.first()))
            .with("secondRate", rates.value(pair.second()))
            .with("secondRows", rates.rows(pair.second()));
    String what =
        rates.rate().text()
            + " by "
            + grouping.name()
            + ": "
            + pair.first()
            + " and "
            + pair.second();
    return signal(DETECTOR, what, true, now, facts);
  }

  private Facts evidence(PairGap pair) {
    return new Facts()
        .with("evidence", pair.evidence())
        .with("evidenceNeeded", needed)
        .with("tolerance", terms.tolerance())
        .with("pairs", pair.pairs());
  }

  private void report(Instant now, List<Signal> into) {
    if (groupings.isEmpty()) {
      Facts facts = new Facts().with("outcomes", outcomes);
      into.add(signal("groups", "no groups are declared", false, now, facts));
    }
    for (Grouping grouping : groupings) {
      for (GroupRates rates : grouping.rates()) {
        into.add(measured(grouping, rates, now));
      }
      stateGaps(grouping, now, into);
    }
    if (undecided > 0) {
      Facts facts = new Facts().with("outcomes", outcomes).with("rows", undecided);
      into.add(signal("groups", "predictions without a decision", false, now, facts));
    }
  }

  private Signal measured(Grouping grouping, GroupRates rates, Instant now) {
    Facts facts = rates.clearest().map(this::evidence).orElseGet(Facts::new);
    double[] values =
        grouping.groups().stream()
            .map(rates::value)
            .flatMapToDouble(OptionalDouble::stream)
            .sorted()
            .toArray();
    if (values.length > 0) {
      facts.with("lowestRate", values[0]).with("highestRate", values[values.length - 1]);
    }
    facts.with("groups", values.length);
    return signal(DETECTOR, rates.rate().text() + " by " + grouping.name(), false, now, facts);
  }

  /** A group that nobody sees would look like one that is treated well. */
  private void stateGaps(Grouping grouping, Instant now, List<Signal> into) {
    for (GroupRates rates : grouping.rates()) {
      for (String group : grouping.groups()) {
        if (rates.rows(group) == 0) {
          String what = grouping.name() + ": " + group + " has no row of " + rates.rate().text();
          into.add(signal("groups", what, false, now, new Facts().with("outcomes", outcomes)));
        }
      }
    }
    state(grouping.name() + ": rows in groups that are not compared", grouping.unwatched(), now)
        .forEach(into::add);
    state(grouping.name() + ": rows without a group", grouping.ungrouped(), now).forEach(into::add);
  }

  private List<Signal> state(String what, long rows, Instant now) {
    Facts facts = new Facts().with("outcomes", outcomes).with("rows", rows);
    return rows == 0 ? List.of() : List.of(signal("groups", what, false, now, facts));
  }

  private Signal signal(String by, String what, boolean isAlarm, Instant now, Facts facts) {
    return new Signal(spec.model(), version, "fairness", by, what, isAlarm, now, facts.map());
  }

  /** Returns what the evidence was gathered under; evidence under other terms is none. */
  private String termsText() {
    return spec.groups() + " " + terms;
  }

  @Override
  public byte[] toBytes() {
    return Json.write(
        new State(
            version,
            termsText(),
            groupings.stream().map(Grouping::state).toList(),
            outcomes,
            undecided,
            reported));
  }

  @Override
  public void restore(byte[] state) {
    State kept = Json.read(state, State.class);
    begin(kept.version());
    if (!kept.terms().equals(termsText())) {
      return;
    }
    for (int i = 0; i < groupings.size(); i++) {
      groupings.get(i).restore(kept.groupings().get(i));
    }
    outcomes = kept.outcomes();
    undecided = kept.undecided();
    reported = kept.reported();
  }
}

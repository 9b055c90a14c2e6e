package dev.weir.auditor.report;

import dev.weir.auditor.energy.EnergyEvidence;
import dev.weir.auditor.energy.VersionEnergy;
import dev.weir.contracts.policy.EnergyTerms;
import dev.weir.model.artifact.ModelManifest.EnergyMethod;
import dev.weir.model.energy.ScoringEnergy;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What the reports say of a version's energy, carbon and size, gates or no gates. */
final class EnergySection implements Section {
  private static final String UNSCORED = "not measured: there was no row to score";

  private final EnergyEvidence energy;

  EnergySection(EnergyEvidence energy) {
    this.energy = energy;
  }

  @Override
  public String title() {
    return "Energy";
  }

  @Override
  public void draw(Html html) {
    html.element("h2", title());
    table().draw(html);
  }

  @Override
  public String markdown() {
    return table().markdown();
  }

  private Table table() {
    VersionEnergy candidate = energy.candidate();
    return new Table(
        List.of("figure", "this version", "champion", "how it came about"),
        List.of(
            List.of(
                "training",
                training(candidate),
                champion(EnergySection::training),
                came(candidate.trainingMethod(), candidate.trainingScope())),
            List.of(
                "1,000 predictions",
                scoring(candidate),
                champion(EnergySection::scoring),
                metered(candidate.scoring())),
            List.of(
                "software carbon intensity, per 1,000 predictions",
                intensity(energy.gramsPerThousandPredictions()),
                "not computed",
                terms()),
            List.of(
                "model file",
                bytes(candidate),
                champion(EnergySection::bytes),
                "size of the file")));
  }

  private String champion(Function<VersionEnergy, String> figure) {
    VersionEnergy champion = energy.champion();
    return champion == null ? "no champion" : figure.apply(champion);
  }

  private static String training(VersionEnergy version) {
    return Figures.number(version.trainingJoules())
        + " J, "
        + Figures.words(version.trainingMethod());
  }

  private static String scoring(VersionEnergy version) {
    ScoringEnergy scoring = version.scoring();
    return scoring == null
        ? UNSCORED
        : Figures.number(scoring.joulesPerThousand())
            + " J ± "
            + Figures.number(scoring.standardError())
            + ", "
            + Figures.words(scoring.method());
  }

  private static String bytes(VersionEnergy version) {
    return String.format(Locale.ROOT, "%,d bytes", version.modelBytes());
  }

  private static String intensity(@Nullable Double grams) {
    return grams == null ? UNSCORED : Figures.number(grams) + " g CO₂e";
  }

  private static String came(EnergyMethod method, String scope) {
    return Figures.words(method) + ": " + scope;
  }

  private static String metered(@Nullable ScoringEnergy scoring) {
    return scoring == null
        ? ""
        : came(scoring.method(), scoring.scope())
            + "; ± is the standard error over "
            + scoring.rounds()
            + " rounds; "
            + Figures.number(scoring.wholeMachineJoulesPerThousand())
            + " J if the whole machine were billed";
  }

  private String terms() {
    EnergyTerms terms = energy.terms();
    return String.format(
        Locale.ROOT,
        "from the two above, at %s g CO₂e per kWh and a power usage effectiveness of %s, training"
            + " spread over %,d predictions; hardware: %s",
        terms.gramsPerKilowattHour(),
        terms.powerUsageEffectiveness(),
        terms.predictions(),
        terms.embodied().equals(EnergyTerms.Embodied.NONE) ? "left out" : "its share counted");
  }
}

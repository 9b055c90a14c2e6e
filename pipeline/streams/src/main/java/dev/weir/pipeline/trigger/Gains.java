package dev.weir.pipeline.trigger;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the last trainings cost and gave. A version that was promoted after a comparison in shadow
 * gave the mean Brier gain of that comparison; one that was blocked, refused or rolled back gave
 * nothing. A first version was compared with none and says nothing. Immutable.
 *
 * @param spent trainings whose end is not known yet, oldest first
 * @param last trainings that have ended, oldest first
 */
public record Gains(List<Spent> spent, List<Gain> last) {
  /** The most trainings of either kind that are remembered. */
  static final int REMEMBERED = 20;

  private static final double JOULES_PER_KILOJOULE = 1_000;

  public Gains {
    spent = List.copyOf(spent);
    last = List.copyOf(last);
  }

  /**
   * The energy of a training.
   *
   * @param requestId its request
   * @param joules its energy
   * @param method how the energy came about, {@code measured} or {@code estimated}
   */
  public record Spent(String requestId, double joules, String method) {}

  /**
   * A training that has ended.
   *
   * @param spent what it cost
   * @param gain mean Brier gain per labelled event; 0 where nothing was promoted
   */
  public record Gain(Spent spent, double gain) {}

  /**
   * What some trainings gave together.
   *
   * @param gain sum of their gains
   * @param joules sum of their energies
   * @param method how the energies came about
   */
  record Yield(double gain, double joules, String method) {
    double perKilojoule() {
      return gain / (joules / JOULES_PER_KILOJOULE);
    }
  }

  /** Returns the gains of a model that has trained nothing. */
  static Gains none() {
    return new Gains(List.of(), List.of());
  }

  /** Takes a training; one that was told before changes nothing, nor does one without energy. */
  Gains trained(Spent training) {
    boolean isKnown =
        spent.stream().anyMatch(each -> each.requestId().equals(training.requestId()))
            || last.stream()
                .anyMatch(each -> each.spent().requestId().equals(training.requestId()));
    return isKnown || !(training.joules() > 0) ? this : new Gains(appended(spent, training), last);
  }

  /** Takes the end of a training, which is known from now on; nothing if it was not told. */
  Gains ended(String requestId, double gain) {
    Optional<Spent> training = find(requestId);
    return training.isEmpty()
        ? this
        : new Gains(without(requestId).spent(), appended(last, new Gain(training.get(), gain)));
  }

  /** Forgets a training that cannot be compared. */
  Gains without(String requestId) {
    return new Gains(
        spent.stream().filter(each -> !each.requestId().equals(requestId)).toList(), last);
  }

  private Optional<Spent> find(String requestId) {
    return spent.stream().filter(each -> each.requestId().equals(requestId)).findFirst();
  }

  private static <T> List<T> appended(List<T> list, T more) {
    List<T> all = new ArrayList<>(list);
    all.add(more);
    return all.size() > REMEMBERED ? all.subList(1, all.size()) : all;
  }

  /**
   * Returns what the last {@code count} trainings gave whose energy came about as that of the last
   * one: measured and estimated joules do not add up. Empty where there are not so many.
   */
  Optional<Yield> over(int count) {
    if (last.isEmpty()) {
      return Optional.empty();
    }
    String method = last.get(last.size() - 1).spent().method();
    List<Gain> alike = last.stream().filter(each -> each.spent().method().equals(method)).toList();
    if (alike.size() < count) {
      return Optional.empty();
    }
    double gain = 0;
    double joules = 0;
    for (Gain each : alike.subList(alike.size() - count, alike.size())) {
      gain += each.gain();
      joules += each.spent().joules();
    }
    return Optional.of(new Yield(gain, joules, method));
  }
}

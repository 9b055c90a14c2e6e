package dev.weir.contracts.topic;

/**
 * The names of Weir's topics for one model, as one of its specs uses them.
 *
 * <p>Each spec of a model has topics of its own for what is encoded by it ({@link
 * Topics#isOfOneSpec}). Those of the first have no number: {@code weir.flights.rows}, then {@code
 * weir.flights.2.rows}.
 *
 * @param prefix the prefix of all names, {@code weir} by default
 * @param model the model's name
 * @param generation which of the model's specs, from 1
 * @param hasOwnTicks whether the ticks are no longer, or not yet, those of the model
 */
public record TopicNames(String prefix, String model, int generation, boolean hasOwnTicks) {
  public TopicNames {
    if (generation < 1) {
      throw new IllegalArgumentException("generation must be >= 1, was " + generation);
    }
  }

  /** Creates the names that the model's first spec uses. */
  public TopicNames(String prefix, String model) {
    this(prefix, model, 1, false);
  }

  /** Returns the names that a further spec of the model uses; it has ticks of its own. */
  public TopicNames ofGeneration(int number) {
    return new TopicNames(prefix, model, number, number > 1);
  }

  /** Returns these names for a spec that is live no more: another one moves the model's time. */
  public TopicNames retired() {
    return new TopicNames(prefix, model, generation, true);
  }

  /** Returns the name of {@code topic}. */
  public String of(Topics topic) {
    boolean isShared = topic == Topics.TICKS ? !hasOwnTicks : generation == 1;
    return isShared || !topic.isOfOneSpec()
        ? topic.name(prefix, model)
        : topic.name(prefix, model, generation);
  }
}

package dev.weir.contracts.topic;

/**
 * The names of Weir's topics for one model.
 *
 * @param prefix the prefix of all names, {@code weir} by default
 * @param model the model's name
 */
public record TopicNames(String prefix, String model) {
  /** Returns the name of {@code topic}. */
  public String of(Topics topic) {
    return topic.name(prefix, model);
  }
}

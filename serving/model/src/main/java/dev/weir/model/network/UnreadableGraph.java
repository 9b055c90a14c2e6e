package dev.weir.model.network;

/** A graph whose weights cannot be read as a network of dense layers, and why. */
final class UnreadableGraph extends Exception {
  private static final long serialVersionUID = 1L;

  UnreadableGraph(String message) {
    super(message);
  }
}

package dev.weir.model.artifact;

import dev.weir.contracts.loop.TransientFailure;

/** A failure outside the program that concerns a model: its registry, its files, its content. */
public final class ModelException extends RuntimeException implements TransientFailure {
  private static final long serialVersionUID = 1L;

  /** What went wrong, for counting. */
  public enum Code {
    /**
     * The bytes do not match the digest that the manifest states, or the manifest is unreadable.
     */
    ARTIFACT_CORRUPT,
    /** The run, the version or the file is not there. */
    ARTIFACT_MISSING,
    /** The registry did not answer, or answered with a failure of its own. */
    REGISTRY_UNAVAILABLE,
    /** The model, the request or the graph is not acceptable. */
    MODEL_INVALID
  }

  private final Code code;

  /** A failure found here. */
  public ModelException(Code code, String message) {
    super(message);
    this.code = code;
  }

  /** A failure with its cause. */
  public ModelException(Code code, String message, Throwable cause) {
    super(message, cause);
    this.code = code;
  }

  /** Returns whether it is an outage of the registry. */
  @Override
  public boolean isTransient() {
    return code == Code.REGISTRY_UNAVAILABLE;
  }

  /** Returns what went wrong. */
  public Code code() {
    return code;
  }
}

package dev.weir.broker;

import org.jspecify.annotations.Nullable;

/** The embedded broker could not be started: its port is taken or its directory is not usable. */
public final class BrokerException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  BrokerException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}

package dev.weir.dashboards.rest;

import dev.weir.dashboards.log.AuditLog;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** What the pages show; the runner installs it once, and they say so until then. */
@Singleton
public class Dashboards {
  private final AtomicReference<@Nullable AuditLog> installed = new AtomicReference<>();

  /** Lets the pages show a log. */
  public void install(AuditLog log) {
    installed.set(log);
  }

  /** The log, if one is installed. */
  Optional<AuditLog> log() {
    return Optional.ofNullable(installed.get());
  }
}

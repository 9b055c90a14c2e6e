package dev.weir.serving.rest;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready once the runner has installed what is served. */
@Readiness
@ApplicationScoped
public class ServingReadiness implements HealthCheck {
  private final ServingRegistry serving;

  /** Creates the check. */
  @Inject
  public ServingReadiness(ServingRegistry serving) {
    this.serving = serving;
  }

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("serving").status(serving.installation().isPresent()).build();
  }
}

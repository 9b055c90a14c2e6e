package dev.weir.app.cli;

import dev.weir.app.stack.Stack;
import dev.weir.dashboards.rest.Dashboards;
import dev.weir.serving.rest.ServingRegistry;
import io.quarkus.arc.Arc;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The HTTP endpoints and pages beside a running stack. */
final class Http {
  private static final AtomicReference<@Nullable Served> NEXT = new AtomicReference<>();

  private Http() {}

  /** What is done once the endpoints answer. */
  @FunctionalInterface
  interface Body {
    /** Returns the exit code. */
    int run() throws InterruptedException, IOException;
  }

  private record Served(Stack stack, Body body) {}

  /** Starts Quarkus on {@code port}, runs the body and serves until the process is told to end. */
  static int serve(Stack stack, int port, Body body) {
    System.setProperty("quarkus.http.port", Integer.toString(port));
    NEXT.set(new Served(stack, body));
    AtomicInteger exitCode = new AtomicInteger();
    Quarkus.run(Application.class, (code, failure) -> exitCode.set(code));
    return exitCode.get();
  }

  /** What Quarkus constructs; it serves the stack that was prepared. */
  public static final class Application implements QuarkusApplication {
    @Override
    public int run(String... args) throws InterruptedException, IOException {
      Served served = NEXT.get();
      if (served == null) {
        throw new IllegalStateException("nothing was prepared to be served");
      }
      Stack stack = served.stack();
      Arc.container().select(ServingRegistry.class).get().install(stack.servingInstallation());
      Arc.container().select(Dashboards.class).get().install(stack.auditLog());
      int code = served.body().run();
      Quarkus.waitForExit();
      return code;
    }
  }
}

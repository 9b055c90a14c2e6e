package dev.weir.app.cli;

import dev.weir.app.stack.RoleHealth;
import dev.weir.app.stack.Stack;
import dev.weir.dashboards.rest.Dashboards;
import dev.weir.serving.rest.ServingRegistry;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.arc.Arc;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.microprofile.health.Liveness;
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

  private record Served(Stack stack, Body body, AtomicReference<@Nullable Throwable> failure) {}

  /**
   * Fails where somebody listens on the port already: better now than after half a minute.
   *
   * @throws IOException if it is taken
   */
  static void requireFree(int port) throws IOException {
    try (ServerSocket probe = new ServerSocket()) {
      probe.setReuseAddress(true);
      probe.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    } catch (IOException e) {
      throw new IOException(
          "port "
              + port
              + " of 127.0.0.1 is in use, perhaps by another weir; end that one, or name another"
              + " with --port",
          e);
    }
  }

  /** Returns the address of the pages. */
  static String address(int port) {
    return "http://127.0.0.1:" + port;
  }

  /**
   * Starts Quarkus on {@code port}, runs the body and serves until the process is told to end.
   *
   * @throws InterruptedException if it is told to end before the body is done
   */
  static int serve(Stack stack, int port, Body body) throws InterruptedException, IOException {
    System.setProperty("quarkus.http.port", Integer.toString(port));
    AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    NEXT.set(new Served(stack, body, failure));
    Quarkus.run(
        Application.class,
        (code, thrown) -> {
          if (thrown != null) {
            failure.compareAndSet(null, thrown);
          }
        });
    Throwable thrown = failure.get();
    if (thrown instanceof InterruptedException interrupted) {
      throw interrupted;
    }
    if (thrown != null) {
      throw new IllegalStateException("the endpoints at port " + port + " ended", thrown);
    }
    return 0;
  }

  /** What Quarkus constructs; it serves the stack that was prepared. */
  public static final class Application implements QuarkusApplication {
    @Override
    public int run(String... args) {
      Served served = NEXT.get();
      if (served == null) {
        throw new IllegalStateException("nothing was prepared to be served");
      }
      Stack stack = served.stack();
      Arc.container().select(ServingRegistry.class).get().install(stack.servingInstallation());
      stack.showMeters(Arc.container().select(MeterRegistry.class).get());
      Arc.container().select(Dashboards.class).get().install(stack.auditLog());
      Arc.container()
          .select(RoleHealth.class, Liveness.Literal.INSTANCE)
          .get()
          .watch(stack::stoppedRoles);
      try {
        int code = served.body().run();
        Quarkus.waitForExit();
        return code;
      } catch (InterruptedException | IOException | RuntimeException e) {
        // The command tells of it; Quarkus would print its stack trace.
        served.failure().set(e);
        return WeirCommand.FAIL;
      }
    }
  }
}

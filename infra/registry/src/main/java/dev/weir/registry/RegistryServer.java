package dev.weir.registry;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A tracking server, model registry and artifact store on one directory, over MLflow's REST API.
 *
 * <p>Every answered write is on the disk: a killed process loses nothing that was acknowledged. One
 * server per directory, guarded by a file lock. There is no authentication: bind it to a local
 * address.
 */
public final class RegistryServer implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(RegistryServer.class);
  private static final String API = "/api/2.0/mlflow/";
  private static final String FILES = "/api/2.0/mlflow-artifacts/artifacts";
  private static final long LARGEST_BODY_BYTES = 512L << 20;

  private final Vertx vertx;
  private final Store store;
  private final URI uri;

  private RegistryServer(Vertx vertx, Store store, URI uri) {
    this.vertx = vertx;
    this.store = store;
    this.uri = uri;
  }

  /**
   * Returns a running server.
   *
   * @param dataDir where everything is kept, created if absent
   * @param host the address to listen on
   * @param port the port, 0 for any free one
   * @param clock the time of creation and change of entities
   * @throws IOException if the directory is in use or damaged, or the address is taken
   */
  public static RegistryServer start(Path dataDir, String host, int port, Clock clock)
      throws IOException {
    Store store = Store.open(dataDir);
    Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setWorkerPoolSize(4));
    try {
      Router router = routes(Router.router(vertx), store, new Artifacts(dataDir), clock);
      HttpServer server =
          vertx
              .createHttpServer()
              .requestHandler(router)
              .listen(port, host)
              .toCompletionStage()
              .toCompletableFuture()
              .join();
      URI uri = URI.create("http://" + host + ":" + server.actualPort());
      log.info("registry started uri={} tornLines={}", uri, store.tornLines());
      return new RegistryServer(vertx, store, uri);
    } catch (CompletionException | IOException e) {
      vertx.close().toCompletionStage().toCompletableFuture().join();
      store.close();
      throw new IOException("registry cannot start at " + host + ":" + port, e);
    }
  }

  /** Returns the tracking URI, without a trailing slash. */
  public URI uri() {
    return uri;
  }

  /** Returns how many half-written entries were cut off at start: 1 after a kill inside a write. */
  public int tornLines() {
    return store.tornLines();
  }

  @Override
  public void close() throws IOException {
    vertx.close().toCompletionStage().toCompletableFuture().join();
    store.close();
  }

  private static Router routes(Router router, Store store, Artifacts artifacts, Clock clock)
      throws IOException {
    router.route().handler(BodyHandler.create(false).setBodyLimit(LARGEST_BODY_BYTES));
    router.get("/health").handler(context -> context.end("OK"));
    router.get("/version").handler(context -> context.end("2.17.2"));
    Endpoint.Routes routes =
        (method, path, endpoint) ->
            router
                .route(HttpMethod.valueOf(method), API + path)
                .blockingHandler(context -> answer(context, store, endpoint), false);
    new Experiments(store, clock).register(routes);
    new Runs(store, clock).register(routes);
    new Models(store, clock).register(routes);
    new Versions(store, clock).register(routes);
    routes.on(
        "GET",
        "artifacts/list",
        call ->
            artifacts.list(Runs.artifactUri(store, call.text("run_id")), call.text("path", "")));
    router
        .get(FILES)
        .blockingHandler(
            context -> answer(context, store, call -> artifacts.list(call.text("path", ""), "")),
            false);
    router.put(FILES + "/*").blockingHandler(context -> put(context, artifacts), false);
    router.get(FILES + "/*").blockingHandler(context -> get(context, artifacts), false);
    router
        .route()
        .last()
        .handler(context -> fail(context, 404, "ENDPOINT_NOT_FOUND", context.request().path()));
    return router;
  }

  private static void answer(RoutingContext context, Store store, Endpoint endpoint) {
    guarded(
        context,
        () -> {
          ObjectNode answer;
          synchronized (store) {
            answer = endpoint.answer(Call.of(context));
          }
          context.response().putHeader("Content-Type", "application/json");
          context.end(Buffer.buffer(Store.JSON.writeValueAsBytes(answer)));
        });
  }

  private static void put(RoutingContext context, Artifacts artifacts) {
    guarded(
        context,
        () -> {
          Buffer body = context.body().buffer();
          artifacts.put(path(context), body == null ? new byte[0] : body.getBytes());
          context.response().putHeader("Content-Type", "application/json");
          context.end("{}");
        });
  }

  private static void get(RoutingContext context, Artifacts artifacts) {
    guarded(
        context,
        () -> {
          byte[] content = artifacts.get(path(context));
          context.response().putHeader("Content-Type", "application/octet-stream");
          context.end(Buffer.buffer(content));
        });
  }

  /** Decodes the path once; a plus sign is itself in a path. */
  private static String path(RoutingContext context) {
    String raw = context.request().path().substring(FILES.length() + 1);
    try {
      return URLDecoder.decode(raw.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw ApiException.invalid("Invalid path: " + raw);
    }
  }

  private static void guarded(RoutingContext context, Work work) {
    try {
      work.run();
    } catch (ApiException e) {
      fail(context, e.status(), e.code(), String.valueOf(e.getMessage()));
    } catch (IOException | RuntimeException e) {
      log.error("request failed path={}", context.request().path(), e);
      fail(context, 500, "INTERNAL_ERROR", "the registry could not answer");
    }
  }

  private static void fail(RoutingContext context, int status, String code, String message) {
    String body =
        Store.JSON.createObjectNode().put("error_code", code).put("message", message).toString();
    context.response().setStatusCode(status).putHeader("Content-Type", "application/json");
    context.end(body);
  }

  /** A request's work. */
  @FunctionalInterface
  private interface Work {
    void run() throws IOException;
  }
}

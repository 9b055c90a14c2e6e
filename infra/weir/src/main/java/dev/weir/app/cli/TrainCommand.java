package dev.weir.app.cli;

import dev.weir.app.CompositionRoot;
import dev.weir.app.order.ExampleSpan;
import dev.weir.app.order.OrderDesk;
import dev.weir.contracts.control.OrderAnswer;
import dev.weir.contracts.control.TrainingOrder;
import dev.weir.contracts.digest.Sha256;
import dev.weir.contracts.serde.Json;
import dev.weir.contracts.topic.TopicNames;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code weir train}: orders a training by hand. */
@Command(
    name = "train",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Orders a training of a model that runs, and prints the trigger's answer.",
      "The order is refused while another request of the model is open, within the spec's cooldown,"
          + " and with fewer examples than it asks for (triggers.operator). Accepted or refused, it"
          + " goes into the ledger."
    },
    footer = {
      "",
      "Examples:",
      "  weir train claims --reason \"new tariff since Monday\"",
      "  weir train claims --reason \"longer memory\" --last 5000",
      "  weir train claims --reason \"without spring\" --from 2026-06-01T00:00:00Z --json",
      "  weir train claims --reason nightly --id nightly-2026-11-29",
      "",
      "An order that is given again under the same --id is no second training.",
      "Exit codes: 0 accepted, 1 failed or no answer in time, 2 usage, 3 refused."
    })
final class TrainCommand implements Callable<Integer> {
  private static final int REFUSED = 3;
  private static final int ID_LENGTH = 12;

  @Spec private @Nullable CommandSpec command;

  @Parameters(paramLabel = "MODEL", description = "the model")
  private String model = "";

  @Option(
      names = "--reason",
      required = true,
      paramLabel = "TEXT",
      description = "why; it goes into the request and into the ledger")
  private String reason = "";

  @Option(
      names = "--last",
      paramLabel = "N",
      description =
          "train on the last N examples; default: triggers.operator.window, or all while nothing"
              + " serves")
  private @Nullable Long last;

  @Option(
      names = "--from",
      paramLabel = "TIME",
      description = "train on the examples whose label was known from then on, in UTC")
  private @Nullable Instant from;

  @Option(names = "--to", paramLabel = "TIME", description = "with --from: and before then")
  private @Nullable Instant to;

  @Option(
      names = "--id",
      paramLabel = "ID",
      description = "the order's own id, so that it can be given again; default: a new one")
  private @Nullable String id;

  @Option(
      names = "--by",
      paramLabel = "NAME",
      description = "who orders; default: the user who is logged in")
  private @Nullable String by;

  @Option(
      names = "--timeout",
      paramLabel = "DURATION",
      description = "how long to wait for the answer; default: ${DEFAULT-VALUE}",
      defaultValue = "PT1M")
  private Duration timeout = Duration.ofMinutes(1);

  @Mixin private BrokerOptions broker = new BrokerOptions();

  @Option(names = "--json", description = "print one JSON object on standard output, nothing else")
  private boolean isJson;

  @Override
  public Integer call() throws IOException, InterruptedException {
    requireOneChoice();
    Map<String, Object> client = broker.client();
    TopicNames names = new TopicNames(broker.prefix(), model);
    TrainingOrder order = order(span(client, names), now());
    Optional<OrderAnswer> answer = new OrderDesk(client, names).hand(order, timeout);
    if (answer.isEmpty()) {
      throw new IllegalStateException(
          "no answer to order "
              + order.orderId()
              + " within "
              + timeout
              + ": does the pipeline of "
              + model
              + " run? The order stays and is answered when it does; to ask again, name --id "
              + order.orderId());
    }
    tell(answer.get());
    return answer.get().isAccepted() ? 0 : REFUSED;
  }

  private void requireOneChoice() {
    if (last != null && from != null) {
      throw usage("--last and --from exclude each other");
    }
    if (to != null && (from == null || !from.isBefore(to))) {
      throw usage("--to needs a --from that lies before it");
    }
  }

  private TrainingOrder.@Nullable Span span(Map<String, Object> client, TopicNames names) {
    if (from == null) {
      return null;
    }
    return new ExampleSpan(client, names).between(from, to == null ? Instant.MAX : to);
  }

  @CompositionRoot
  private static Instant now() {
    return Clock.systemUTC().instant();
  }

  private TrainingOrder order(TrainingOrder.@Nullable Span span, Instant at) {
    String who = by == null ? System.getProperty("user.name", "operator") : by;
    try {
      return new TrainingOrder(
          id == null ? freshId(who, at) : id, model, reason, who, last, span, at);
    } catch (IllegalArgumentException e) {
      throw usage(String.valueOf(e.getMessage()));
    }
  }

  /** Two orders in one nanosecond by one process would be one: no person is that quick. */
  private String freshId(String who, Instant at) {
    String facts = model + "\n" + reason + "\n" + who + "\n" + at + "\n" + ProcessHandle.current();
    return Sha256.hex(facts.getBytes(StandardCharsets.UTF_8)).substring(0, ID_LENGTH);
  }

  private void tell(OrderAnswer answer) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("order", answer.orderId());
    facts.put("accepted", answer.isAccepted());
    facts.put("decision", answer.decision().name());
    facts.put("reason", answer.reason());
    facts.put("request", answer.requestId());
    facts.put("answeredAt", answer.answeredAt().toString());
    if (answer.isAccepted()) {
      facts.put("training", isJson ? answer.training() : answer.training().toString());
    }
    if (isJson) {
      line().getOut().println(new String(Json.write(facts), StandardCharsets.UTF_8));
    } else {
      facts.forEach((name, value) -> line().getOut().println(name + ": " + value));
    }
  }

  private ParameterException usage(String message) {
    return new ParameterException(line(), message);
  }

  private CommandLine line() {
    if (command == null) {
      throw new IllegalStateException("the command was not parsed");
    }
    return command.commandLine();
  }
}

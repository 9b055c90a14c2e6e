package dev.weir.app;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.app.cli.WeirCommand;
import dev.weir.contracts.serde.Json;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;

/**
 * What {@code weir verify --json} said.
 *
 * @param exitCode its exit code
 * @param findings what it printed
 */
record Verification(int exitCode, JsonNode findings) {

  static Verification of(List<String> arguments) {
    List<String> line = new ArrayList<>(List.of("verify", "--json"));
    line.addAll(arguments);
    PrintStream terminal = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      int exitCode = new CommandLine(new WeirCommand()).execute(line.toArray(String[]::new));
      return new Verification(exitCode, Json.read(printed.toByteArray(), JsonNode.class));
    } finally {
      System.setOut(terminal);
    }
  }
}

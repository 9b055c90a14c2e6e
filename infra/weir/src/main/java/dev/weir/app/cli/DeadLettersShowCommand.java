package dev.weir.app.cli;

import dev.weir.app.deadletter.DeadLetters;
import dev.weir.app.deadletter.Letter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code weir dead-letters show}: one letter, whole. */
@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    description = "Shows one dead letter: headers, key and value, as text or else in hexadecimal.",
    footer = {
      "",
      "Example:",
      "  weir dead-letters show --model claims 0-17",
      "",
      "With --json what is no text is an object with its bytes in hex.",
      "Exit codes: 0 shown, 1 there is no such letter or it cannot be read, 2 usage."
    })
final class DeadLettersShowCommand implements Callable<Integer> {
  @Mixin private DeadLettersOptions options = new DeadLettersOptions();

  @Parameters(paramLabel = "ID", description = "as the list has it, PARTITION-OFFSET")
  private String id = "";

  @Override
  public Integer call() throws IOException {
    Letter letter =
        new DeadLetters(options.client(), options.names(), options.topic())
            .find(id)
            .orElseThrow(
                () -> new IllegalStateException("there is no dead letter " + id + "; see list"));
    if (options.isJson()) {
      Map<String, Object> shown = DeadLettersOptions.summary(letter);
      List<Map<String, Object>> headers = new ArrayList<>();
      for (Header header : letter.record().headers()) {
        headers.add(Map.of("name", header.key(), "value", json(header.value())));
      }
      shown.put("headers", headers);
      shown.put("key", json(letter.record().key()));
      shown.put("value", json(letter.record().value()));
      options.printJson(shown);
    } else {
      for (Header header : letter.record().headers()) {
        options.print(header.key() + ": " + shown(header.value()));
      }
      options.print("key: " + shown(letter.record().key()));
      options.print("value: " + shown(letter.record().value()));
    }
    return 0;
  }

  private static Object json(byte @Nullable [] bytes) {
    if (bytes == null) {
      return Map.of("isNull", true);
    }
    String text = text(bytes);
    return text == null ? Map.of("hex", hex(bytes)) : text;
  }

  private static String shown(byte @Nullable [] bytes) {
    if (bytes == null) {
      return "(none)";
    }
    String text = text(bytes);
    return text == null ? "0x" + hex(bytes) : text;
  }

  /** Returns null for what is no text, or would move the cursor of a terminal. */
  private static @Nullable String text(byte[] bytes) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      boolean isText =
          text.codePoints().noneMatch(c -> Character.isISOControl(c) && !Character.isWhitespace(c));
      return isText ? text : null;
    } catch (CharacterCodingException e) {
      return null;
    }
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}

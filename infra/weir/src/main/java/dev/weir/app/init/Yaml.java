package dev.weir.app.init;

import dev.weir.contracts.serde.Json;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Texts as YAML writes them in a flow. */
final class Yaml {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]*");
  private static final Set<String> RESERVED =
      Set.of("true", "false", "null", "yes", "no", "on", "off", "y", "n");

  private Yaml() {}

  /** Returns a text, quoted where YAML 1.1 or 1.2 would take it for something else. */
  static String text(String text) {
    boolean isPlain =
        PLAIN.matcher(text).matches() && !RESERVED.contains(text.toLowerCase(Locale.ROOT));
    return isPlain ? text : quoted(text);
  }

  /** Returns a text in double quotes; a JSON text is one of YAML, and of CEL. */
  static String quoted(String text) {
    return new String(Json.write(text), StandardCharsets.UTF_8);
  }

  /** Returns a list in brackets. */
  static String list(Collection<String> texts) {
    return texts.stream().map(Yaml::text).collect(Collectors.joining(", ", "[", "]"));
  }

  /** Returns what can stand in a comment. */
  static String comment(String text) {
    return text.replaceAll("\\p{Cntrl}", " ");
  }
}

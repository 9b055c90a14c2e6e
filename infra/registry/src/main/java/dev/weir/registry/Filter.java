package dev.weir.registry;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A conjunction of {@code attribute = 'value'} and {@code tags.key = 'value'} (also {@code !=}).
 *
 * <p>MLflow's language knows more; what is not understood is refused, never ignored.
 */
record Filter(List<Term> terms) {
  private static final Pattern TERM =
      Pattern.compile("\\s*([\\w.`\"\\-]+)\\s*(!=|=)\\s*(?:'([^']*)'|\"([^\"]*)\")\\s*");
  private static final Pattern AND = Pattern.compile("(?i:and)\\s");

  record Term(String name, boolean equal, String value) {}

  static Filter parse(String text) {
    List<Term> terms = new ArrayList<>();
    int position = 0;
    while (!text.isBlank()) {
      Matcher term = TERM.matcher(text).region(position, text.length());
      if (!term.lookingAt()) {
        throw ApiException.invalid("Invalid filter: " + text);
      }
      String value = term.group(3) != null ? term.group(3) : term.group(4);
      String name = term.group(1).replace("`", "").replace("\"", "");
      terms.add(new Term(name, term.group(2).equals("="), value));
      position = term.end();
      if (position == text.length()) {
        break;
      }
      Matcher and = AND.matcher(text).region(position, text.length());
      if (!and.lookingAt()) {
        throw ApiException.invalid("Invalid filter: " + text);
      }
      position = and.end();
    }
    return new Filter(terms);
  }

  boolean accepts(JsonNode attributes, JsonNode tags) {
    for (Term term : terms) {
      boolean isTag = term.name().startsWith("tags.") || term.name().startsWith("tag.");
      String name = term.name().substring(term.name().indexOf('.') + 1);
      String actual =
          isTag ? Pairs.value(tags, "key", name, "value") : attributes.path(name).asText();
      if (actual.equals(term.value()) != term.equal()) {
        return false;
      }
    }
    return true;
  }
}

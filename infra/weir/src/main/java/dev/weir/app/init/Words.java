package dev.weir.app.init;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What the name of a column suggests; English only. */
final class Words {
  static final Set<String> ID = Set.of("id", "uuid", "guid", "key", "identifier");
  static final Set<String> TIME =
      Set.of("time", "timestamp", "ts", "at", "date", "datetime", "when", "created", "day");
  static final Set<String> LABEL =
      Set.of(
          "label",
          "target",
          "y",
          "class",
          "outcome",
          "churn",
          "churned",
          "default",
          "defaulted",
          "fraud",
          "fraudulent",
          "income",
          "late",
          "delayed",
          "rain",
          "approved",
          "converted",
          "conversion",
          "clicked",
          "click",
          "survived",
          "won",
          "success",
          "failed",
          "failure",
          "repaid",
          "up",
          "positive",
          "spam",
          "response",
          "responded",
          "bought");
  static final Set<String> PROTECTED =
      Set.of(
          "sex",
          "gender",
          "race",
          "ethnicity",
          "ethnic",
          "age",
          "religion",
          "disability",
          "disabled",
          "nationality",
          "native",
          "marital",
          "married",
          "pregnant",
          "pregnancy",
          "orientation",
          "veteran",
          "caste",
          "birth",
          "birthdate",
          "hispanic");
  static final Set<String> CODE =
      Set.of(
          "code",
          "type",
          "zone",
          "region",
          "category",
          "kind",
          "weekday",
          "day",
          "month",
          "shop",
          "store",
          "branch",
          "sector",
          "product");
  static final Set<String> SERIAL =
      Set.of("id", "num", "number", "no", "nr", "index", "idx", "row", "serial", "uuid", "key");
  static final Set<String> AFTERWARDS =
      Set.of(
          "actual",
          "outcome",
          "result",
          "closed",
          "resolved",
          "settled",
          "final",
          "paid",
          "refunded",
          "cancellation",
          "cancelled",
          "cancel",
          "diverted",
          "chargeback",
          "arrival",
          "arrived",
          "arr",
          "completed",
          "finished",
          "returned",
          "reason");

  static final Set<String> BEFOREHAND =
      Set.of("scheduled", "planned", "expected", "estimated", "forecast", "booked", "crs");

  private Words() {}

  /** Returns the words in a name, in lower case: {@code isHomeOwner} has is, home, owner. */
  static List<String> of(String name) {
    List<String> words = new ArrayList<>();
    for (String part : name.split("[^A-Za-z]+|(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", -1)) {
      if (!part.isEmpty()) {
        words.add(part.toLowerCase(Locale.ROOT));
      }
    }
    return words;
  }

  /** Returns whether a name has one of the words. */
  static boolean suggests(String name, Set<String> words) {
    return of(name).stream().anyMatch(words::contains);
  }

  /** Returns how many characters two names begin with in common, whatever the case. */
  static int commonStart(String a, String b) {
    String one = a.toLowerCase(Locale.ROOT);
    String other = b.toLowerCase(Locale.ROOT);
    int n = 0;
    while (n < Math.min(one.length(), other.length()) && one.charAt(n) == other.charAt(n)) {
      n++;
    }
    return n;
  }
}

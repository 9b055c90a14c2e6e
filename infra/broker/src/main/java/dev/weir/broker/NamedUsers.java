package dev.weir.broker;

import java.security.SecureRandom;
import java.util.Collection;
import java.util.Collections;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Users that a broker tells apart from everybody else, by SASL/PLAIN on a listener of their own.
 *
 * <p>Whoever comes by the other listener is {@code ANONYMOUS} and may do everything, as on a broker
 * without users; what a named user may do, access lists say, and where they say nothing of a
 * resource it may do everything, too. Passwords are new at each start and nowhere written.
 *
 * @param passwords user to password, in order
 */
record NamedUsers(Map<String, String> passwords) {
  private static final String LISTENER = "USERS";
  private static final int PASSWORD_BYTES = 32;
  private static final String LOGIN = "org.apache.kafka.common.security.plain.PlainLoginModule";

  NamedUsers {
    passwords = Collections.unmodifiableMap(new TreeMap<>(passwords));
  }

  /** Returns the users of these names, each with a password that nobody knows yet. */
  static NamedUsers of(Collection<String> names) {
    SecureRandom random = new SecureRandom();
    Map<String, String> passwords = new TreeMap<>();
    for (String name : names) {
      byte[] password = new byte[PASSWORD_BYTES];
      random.nextBytes(password);
      passwords.put(name, HexFormat.of().formatHex(password));
    }
    return new NamedUsers(passwords);
  }

  /** Adds the listener and the authorizer to a broker's settings; nothing where nobody is named. */
  void addTo(Map<String, String> settings, int port) {
    if (passwords.isEmpty()) {
      return;
    }
    String address = "," + LISTENER + "://" + BrokerProperties.address(port);
    settings.merge("listeners", address, String::concat);
    settings.merge("advertised.listeners", address, String::concat);
    settings.merge(
        "listener.security.protocol.map", "," + LISTENER + ":SASL_PLAINTEXT", String::concat);
    settings.put("sasl.enabled.mechanisms", "PLAIN");
    settings.put(
        "listener.name." + LISTENER.toLowerCase(Locale.ROOT) + ".plain.sasl.jaas.config",
        LOGIN
            + " required "
            + passwords.entrySet().stream()
                .map(user -> "user_" + user.getKey() + "=\"" + user.getValue() + "\"")
                .collect(Collectors.joining(" "))
            + ";");
    settings.put(
        "authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer");
    settings.put("super.users", "User:ANONYMOUS");
    settings.put("allow.everyone.if.no.acl.found", "true");
  }

  /** Returns the client settings of a user. */
  Map<String, Object> client(String user, int port) {
    String password = passwords.get(user);
    if (password == null) {
      throw new IllegalArgumentException(
          "user must be one of " + passwords.keySet() + ", was " + user);
    }
    return Map.of(
        "bootstrap.servers",
        BrokerProperties.address(port),
        "security.protocol",
        "SASL_PLAINTEXT",
        "sasl.mechanism",
        "PLAIN",
        "sasl.jaas.config",
        LOGIN + " required username=\"" + user + "\" password=\"" + password + "\";");
  }
}

package dev.weir.app.flights;

import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;

/**
 * Offsets from UTC by state in January; a state in two zones has the zone of most of its airports'
 * traffic.
 */
final class StateOffsets {
  private static final Map<String, ZoneOffset> BY_STATE = new HashMap<>();

  static {
    put(-4, "PR VI TT");
    put(-5, "CT DE FL GA IN KY MA MD ME MI NC NH NJ NY OH PA RI SC VA VT WV");
    put(-6, "AL AR IA IL KS LA MN MO MS ND NE OK SD TN TX WI");
    put(-7, "AZ CO ID MT NM UT WY");
    put(-8, "CA NV OR WA");
    put(-9, "AK");
    put(-10, "HI");
  }

  private StateOffsets() {}

  /**
   * Returns the offset of a state.
   *
   * @throws IllegalArgumentException if the state is unknown
   */
  static ZoneOffset of(String state) {
    ZoneOffset offset = BY_STATE.get(state);
    if (offset == null) {
      throw new IllegalArgumentException("no offset known for state '" + state + "'");
    }
    return offset;
  }

  private static void put(int hours, String states) {
    for (String state : states.split(" ")) {
      BY_STATE.put(state, ZoneOffset.ofHours(hours));
    }
  }
}

package dev.weir.app.flights;

import dev.weir.app.driver.TimedRecord;
import dev.weir.contracts.serde.Json;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The flights as a producer would send them: features at departure, labels at arrival. */
public final class FlightEvents {
  /** The topic with one record per scheduled departure. */
  public static final String DEPARTURES = "flights.departures";

  /** The topic with one record per arrival. */
  public static final String ARRIVALS = "flights.arrivals";

  private static final Comparator<TimedRecord> ORDER =
      Comparator.comparing(TimedRecord::time)
          .thenComparing(r -> new String(r.key(), StandardCharsets.UTF_8));

  private FlightEvents() {}

  /** Returns one features record per flight record, ordered by departure and id. */
  public static List<TimedRecord> features(List<Flight> flights) {
    return flights.stream().map(FlightEvents::feature).sorted(ORDER).toList();
  }

  /** Returns one label record per flight record that arrived, ordered by arrival and id. */
  public static List<TimedRecord> labels(List<Flight> flights) {
    return flights.stream()
        .flatMap(f -> f.arrival().map(at -> label(f, at)).stream())
        .sorted(ORDER)
        .toList();
  }

  private static TimedRecord feature(Flight flight) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("flightId", flight.id());
    json.put("departureTime", flight.departure().toString());
    json.put("carrier", flight.carrier());
    json.put("origin", flight.origin());
    json.put("destination", flight.destination());
    json.put("distance", flight.distance());
    json.put("scheduledMinutes", flight.scheduledMinutes());
    return record(DEPARTURES, flight, flight.departure(), json);
  }

  private static TimedRecord label(Flight flight, Instant arrival) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("flightId", flight.id());
    json.put("arrivalTime", arrival.toString());
    json.put("arrDel15", flight.isLate() ? 1 : 0);
    json.put("carrier", flight.carrier());
    json.put("origin", flight.origin());
    json.put("destination", flight.destination());
    return record(ARRIVALS, flight, arrival, json);
  }

  private static TimedRecord record(
      String topic, Flight flight, Instant time, Map<String, Object> json) {
    return new TimedRecord(
        topic, time, flight.id().getBytes(StandardCharsets.UTF_8), Json.write(json));
  }
}

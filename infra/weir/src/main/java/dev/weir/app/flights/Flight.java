package dev.weir.app.flights;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One scheduled flight.
 *
 * @param id date, carrier, number and origin, unique in the file
 * @param carrier two-letter carrier code
 * @param origin airport code
 * @param destination airport code
 * @param departure scheduled departure
 * @param scheduledMinutes scheduled elapsed time in minutes
 * @param distance miles
 * @param arrivalDelayMinutes minutes after the scheduled arrival; empty when cancelled or diverted
 * @param isLate whether it arrived 15 minutes late or more; meaningless without an arrival
 */
public record Flight(
    String id,
    String carrier,
    String origin,
    String destination,
    Instant departure,
    int scheduledMinutes,
    int distance,
    OptionalInt arrivalDelayMinutes,
    boolean isLate) {

  /** Returns the flight of one line of the file. */
  static Flight of(JsonNode json) {
    boolean hasLabel = !json.path("ArrDel15").isNull();
    String date = json.path("FlightDate").asText();
    String carrier = json.path("Carrier").asText();
    String origin = json.path("Origin").asText();
    return new Flight(
        date + "-" + carrier + json.path("FlightNum").asText() + "-" + origin,
        carrier,
        origin,
        json.path("Dest").asText(),
        departure(LocalDate.parse(date), json),
        json.path("CRSElapsedTime").asInt(),
        json.path("Distance").asInt(),
        hasLabel ? OptionalInt.of(json.path("ArrDelay").asInt()) : OptionalInt.empty(),
        json.path("ArrDel15").asInt() == 1);
  }

  private static Instant departure(LocalDate date, JsonNode json) {
    int hhmm = json.path("CRSDepTime").asInt();
    LocalTime time = LocalTime.of(hhmm / 100 % 24, hhmm % 100);
    return date.atTime(time).toInstant(StateOffsets.of(json.path("OriginState").asText()));
  }

  /** Returns when the label became known: at arrival, if there was one. */
  public Optional<Instant> arrival() {
    return arrivalDelayMinutes.isEmpty()
        ? Optional.empty()
        : Optional.of(
            departure.plusSeconds(60L * (scheduledMinutes + arrivalDelayMinutes.getAsInt())));
  }
}

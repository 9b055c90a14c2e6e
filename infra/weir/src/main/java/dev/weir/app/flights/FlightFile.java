package dev.weir.app.flights;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The on-time records of January 2014 that the build unpacks from {@code pinot-tools}.
 *
 * <p>US Department of Transportation data. Every flight stands in it exactly twice; 15 % are
 * diverted, so it is no representative sample.
 */
public final class FlightFile {
  private static final String RESOURCE =
      "/flights/examples/stream/airlineStats/rawdata/airlineStats_data.json";

  private FlightFile() {}

  /** Returns all 19,492 records in the file's order, both copies of each flight. */
  public static List<Flight> read() {
    ObjectMapper mapper = new ObjectMapper();
    try (InputStream in = FlightFile.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException(
            "the flights are missing from the class path; build with ./mvnw package");
      }
      BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
      List<Flight> flights = new ArrayList<>();
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        flights.add(Flight.of(mapper.readTree(line)));
      }
      return flights;
    } catch (IOException e) {
      throw new UncheckedIOException("the flights are not readable", e);
    }
  }
}

package dev.weir.registry;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;

/** One operation of the API: arguments in, answer out. Runs under the store's lock. */
@FunctionalInterface
interface Endpoint {
  ObjectNode answer(Call call) throws IOException;

  /** Where operations are made known. */
  @FunctionalInterface
  interface Routes {
    void on(String method, String path, Endpoint endpoint);
  }
}

package dev.weir.pipeline.monitor;

import dev.weir.contracts.control.Deployment;
import java.nio.ByteBuffer;
import org.apache.kafka.streams.state.KeyValueStore;

/** The version whose predictions a monitor watches, kept in its store. */
record Champion(String model, KeyValueStore<String, byte[]> state) {
  private static final String KEY = "champion";

  /** Returns the version; 0 before there is one. */
  int version() {
    byte[] version = state.get(KEY);
    return version == null ? 0 : ByteBuffer.wrap(version).getInt();
  }

  /** Takes a deployment; returns whether it brought another champion of this model. */
  boolean follow(Deployment deployment) {
    Deployment.Slot champion = deployment.champion();
    if (champion == null || !deployment.model().equals(model) || champion.version() == version()) {
      return false;
    }
    state.put(KEY, ByteBuffer.allocate(Integer.BYTES).putInt(champion.version()).array());
    return true;
  }
}

package dev.weir.app.stack;

import dev.weir.app.driver.Follower;
import dev.weir.contracts.loop.RecordLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The roles that run here: who waits for them, and which has stopped by itself. */
final class Roles {
  private final Map<String, Object> client;
  private final Opened opened;
  private final List<Follower> followers = new ArrayList<>();

  Roles(Map<String, Object> client, Opened opened) {
    this.client = client;
    this.opened = opened;
  }

  /** Takes in a role that runs by itself. */
  void follow(Follower follower) {
    followers.add(follower);
  }

  /** Starts a loop that hands records to a worker. */
  void start(String name, Set<String> topics, Duration maxHandling, RecordLoop.Handler worker) {
    RecordLoop loop = opened.add(new RecordLoop(name, topics, client, maxHandling, worker));
    follow(new Follower(loop, topics, loop::failure));
    loop.start();
  }

  List<Follower> followers() {
    return List.copyOf(followers);
  }

  /** Returns why each role that has stopped by itself did, by its name. */
  Map<String, String> stopped() {
    Map<String, String> stopped = new TreeMap<>();
    for (Follower follower : followers) {
      follower
          .failure()
          .get()
          .ifPresent(e -> stopped.put(follower.progress().name(), String.valueOf(e.getMessage())));
    }
    return stopped;
  }
}

package dev.weir.app.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.HashMap;
import java.util.Map;

/*
 * The broker runs in the same process, so the process' CPU time is that of all: the side that is
 * measured, its Kafka clients, the broker, the compiler and the collector. The threads of the side under test
 * are known by name: stream threads and what begins with their names (producers, consumers'
 * heartbeats), restoring threads, and the thread that drives the raw clients. RocksDB's background
 * threads are no Java threads and count for the process only.
 */

/** CPU time of this process, and of the side under test, since it was created. */
final class CpuMeter {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final OperatingSystemMXBean PROCESS =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private final long processBefore = PROCESS.getProcessCpuTime();
  private final Map<Long, Long> before = ownThreads();

  /** Returns the CPU time of the whole process in nanoseconds. */
  long processNanos() {
    return PROCESS.getProcessCpuTime() - processBefore;
  }

  /** Returns the CPU time of the threads of the side under test that still live. */
  long ownNanos() {
    long sum = 0;
    for (Map.Entry<Long, Long> thread : ownThreads().entrySet()) {
      sum += thread.getValue() - before.getOrDefault(thread.getKey(), 0L);
    }
    return sum;
  }

  private static Map<Long, Long> ownThreads() {
    Map<Long, Long> own = new HashMap<>();
    for (ThreadInfo thread : THREADS.getThreadInfo(THREADS.getAllThreadIds())) {
      if (thread != null && isOwn(thread)) {
        own.put(thread.getThreadId(), Math.max(0, THREADS.getThreadCpuTime(thread.getThreadId())));
      }
    }
    return own;
  }

  private static boolean isOwn(ThreadInfo thread) {
    String name = thread.getThreadName();
    return name.contains("StreamThread")
        || name.contains("StateUpdater")
        || name.startsWith("kafka-producer-network-thread")
        || thread.getThreadId() == Thread.currentThread().getId();
  }
}

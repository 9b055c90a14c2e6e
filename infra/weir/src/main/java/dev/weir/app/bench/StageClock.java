package dev.weir.app.bench;

/** Measures one stage, from its creation on. */
final class StageClock {
  private final long begun = System.nanoTime();
  private final CpuMeter cpu = new CpuMeter();

  Stage stop(String name, long events) {
    return new Stage(name, events, System.nanoTime() - begun, cpu.processNanos(), cpu.ownNanos());
  }
}

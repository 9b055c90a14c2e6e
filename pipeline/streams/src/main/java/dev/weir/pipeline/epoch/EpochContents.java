package dev.weir.pipeline.epoch;

import dev.weir.contracts.control.Tick;
import dev.weir.pipeline.monitor.RowTally;
import dev.weir.pipeline.monitor.Watched;
import dev.weir.pipeline.trigger.EpochExamples;
import dev.weir.pipeline.trigger.ExampleRun;
import dev.weir.pipeline.trigger.Trigger;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Takes an epoch's contents in their order: the tallies add up before the first outcome comes. */
final class EpochContents implements EpochInbox.Reader {
  private final Trigger trigger;
  private final HostedMonitors monitors;
  private final SortedMap<Integer, List<ExampleRun>> runs = new TreeMap<>();
  private final SortedMap<Integer, Long> corrected = new TreeMap<>();
  private @Nullable RowTally tally;
  private @Nullable Tick tick;
  private boolean isTallied;

  EpochContents(Trigger trigger, HostedMonitors monitors) {
    this.trigger = trigger;
    this.monitors = monitors;
  }

  @Override
  public void control(ControlEvent event) {
    if (event.candidate() != null) {
      trigger.candidate(event.candidate());
    } else if (event.audit() != null) {
      trigger.audit(event.audit());
    } else if (event.deployment() != null) {
      trigger.deployment(event.deployment());
    } else if (event.champion() != null) {
      monitors.champion(event.champion());
    }
  }

  @Override
  public void report(EpochReport report) {
    tick = report.tick();
    runs.put(report.partition(), report.examples());
    if (report.corrected() != null) {
      corrected.put(report.partition(), report.corrected());
    }
    RowTally each = RowTally.fromBytes(report.tally());
    if (tally == null) {
      tally = each;
    } else {
      tally.add(each);
    }
  }

  @Override
  public void outcome(Watched outcome) {
    tallied();
    monitors.outcome(outcome);
  }

  private void tallied() {
    if (!isTallied && tally != null) {
      monitors.rows(tally);
      isTallied = true;
    }
  }

  /** Returns the tick that ended the epoch, after everything was taken. */
  Tick finish() {
    tallied();
    if (tick == null) {
      throw new IllegalStateException("an epoch without a report was ended");
    }
    return tick;
  }

  EpochExamples examples() {
    return new EpochExamples(runs, corrected);
  }
}

package dev.weir.dashboards.log;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One model at a glance.
 *
 * @param name the model
 * @param champion the version that decides; null where none does
 * @param challenger the version in shadow; null where none is
 * @param since event time from which the champion serves
 * @param versions how many versions are known
 * @param requests how many trainings were asked for
 * @param failures how many training jobs failed
 * @param alarms how many alarms the monitors raised
 * @param lastAlarm the last alarm in words; empty when there was none
 * @param lastVerdict verdict of the last audit; null where there is none
 */
public record ModelView(
    String name,
    @Nullable Integer champion,
    @Nullable Integer challenger,
    @Nullable Instant since,
    int versions,
    long requests,
    long failures,
    long alarms,
    String lastAlarm,
    @Nullable String lastVerdict) {}

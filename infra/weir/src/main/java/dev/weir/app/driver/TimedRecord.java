package dev.weir.app.driver;

import java.time.Instant;

/**
 * A record that a producer sends at a moment of event time.
 *
 * @param topic the topic
 * @param time when it is sent
 * @param key the key
 * @param value the value; not copied
 */
@SuppressWarnings("ArrayRecordComponent")
public record TimedRecord(String topic, Instant time, byte[] key, byte[] value) {}

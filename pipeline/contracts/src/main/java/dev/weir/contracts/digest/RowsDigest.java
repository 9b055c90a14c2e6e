package dev.weir.contracts.digest;

import dev.weir.contracts.event.Example;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;

/**
 * The identity of a data set: a digest of its rows' content, not of their offsets.
 *
 * <p>Rows are sorted by event time and event id; of each go in the id, the event time in
 * milliseconds, the label, the revision, the bits of every feature (one NaN is like another) and
 * the groups, which the audit judges by.
 */
public final class RowsDigest {
  /** The order in which rows are hashed and trained. */
  public static final Comparator<Example> ORDER =
      Comparator.comparing((Example e) -> e.row().eventTime().toEpochMilli())
          .thenComparing(Example::eventId)
          .thenComparing(Example::revision);

  private RowsDigest() {}

  /** Returns the digest of {@code examples}, whatever their order. */
  public static String of(List<Example> examples) {
    MessageDigest digest = Sha256.digest();
    examples.stream().sorted(ORDER).forEach(example -> add(digest, example));
    return HexFormat.of().formatHex(digest.digest());
  }

  private static void add(MessageDigest digest, Example example) {
    add(digest, example.eventId());
    float[] features = example.row().features().toArray();
    ByteBuffer buffer = ByteBuffer.allocate(8 + 8 + 4 + 4 + 4 * features.length + 4);
    buffer.putLong(example.row().eventTime().toEpochMilli());
    buffer.putDouble(example.label()).putInt(example.revision()).putInt(features.length);
    for (float feature : features) {
      buffer.putInt(Float.floatToIntBits(feature));
    }
    buffer.putInt(example.row().groups().size());
    digest.update(buffer.array());
    example
        .row()
        .groups()
        .forEach(
            (group, value) -> {
              add(digest, group);
              add(digest, value);
            });
  }

  private static void add(MessageDigest digest, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    digest.update(ByteBuffer.allocate(4).putInt(bytes.length).array());
    digest.update(bytes);
  }
}

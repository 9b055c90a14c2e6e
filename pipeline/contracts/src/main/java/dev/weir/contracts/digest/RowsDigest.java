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
 * milliseconds, the label, the revision and the bits of every feature.
 */
public final class RowsDigest {
  /** The order in which rows are hashed and trained. */
  public static final Comparator<Example> ORDER =
      Comparator.comparing((Example e) -> e.row().eventTime())
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
    byte[] id = example.eventId().getBytes(StandardCharsets.UTF_8);
    float[] features = example.row().features().toArray();
    ByteBuffer buffer = ByteBuffer.allocate(4 + id.length + 8 + 8 + 4 + 4 + 4 * features.length);
    buffer.putInt(id.length).put(id);
    buffer.putLong(example.row().eventTime().toEpochMilli());
    buffer.putDouble(example.label()).putInt(example.revision()).putInt(features.length);
    for (float feature : features) {
      buffer.putInt(Float.floatToIntBits(feature));
    }
    digest.update(buffer.array());
  }
}

package dev.weir.contracts.serde;

import dev.weir.contracts.event.FeatureVector;
import dev.weir.contracts.event.Origin;
import dev.weir.contracts.event.Row;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.io.Decoder;
import org.apache.avro.io.Encoder;

/** Rows, as {@code example.avsc} has them. */
final class RowCodec implements AvroCodec<Row> {
  /** Arrays come in one block from us; more of them, or longer ones, are taken in steps. */
  private static final int STEP = 4_096;

  @Override
  public void write(Row row, Encoder out) throws IOException {
    out.writeString(row.eventId());
    out.writeString(row.entityId());
    out.writeLong(row.eventTime().toEpochMilli());
    out.writeString(row.specDigest());
    write(row.features(), out);
    write(row.groups(), out);
    out.writeString(row.origin().name());
  }

  private static void write(FeatureVector features, Encoder out) throws IOException {
    out.writeArrayStart();
    out.setItemCount(features.size());
    for (int i = 0; i < features.size(); i++) {
      out.startItem();
      out.writeFloat(features.get(i));
    }
    out.writeArrayEnd();
  }

  private static void write(Map<String, String> texts, Encoder out) throws IOException {
    out.writeMapStart();
    out.setItemCount(texts.size());
    for (Map.Entry<String, String> text : texts.entrySet()) {
      out.startItem();
      out.writeString(text.getKey());
      out.writeString(text.getValue());
    }
    out.writeMapEnd();
  }

  @Override
  public Row read(Decoder in) throws IOException {
    return new Row(
        in.readString(),
        in.readString(),
        Instant.ofEpochMilli(in.readLong()),
        in.readString(),
        features(in),
        texts(in),
        Origin.valueOf(in.readString()));
  }

  private static FeatureVector features(Decoder in) throws IOException {
    float[] values = new float[0];
    int size = 0;
    for (long block = in.readArrayStart(); block > 0; block = in.arrayNext()) {
      for (long i = 0; i < block; i++) {
        if (size == values.length) {
          values = Arrays.copyOf(values, size + (int) Math.min(block - i, STEP));
        }
        values[size++] = in.readFloat();
      }
    }
    return FeatureVector.of(values);
  }

  private static Map<String, String> texts(Decoder in) throws IOException {
    Map<String, String> texts = new TreeMap<>();
    for (long block = in.readMapStart(); block > 0; block = in.mapNext()) {
      for (long i = 0; i < block; i++) {
        texts.put(in.readString(), in.readString());
      }
    }
    return texts;
  }
}

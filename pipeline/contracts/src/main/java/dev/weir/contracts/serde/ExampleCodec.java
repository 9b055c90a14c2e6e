package dev.weir.contracts.serde;

import dev.weir.contracts.event.Example;
import java.io.IOException;
import java.time.Instant;
import org.apache.avro.io.Decoder;
import org.apache.avro.io.Encoder;

/** Examples, as {@code example.avsc} has them. */
final class ExampleCodec implements AvroCodec<Example> {
  private final RowCodec rows = new RowCodec();

  @Override
  public void write(Example example, Encoder out) throws IOException {
    rows.write(example.row(), out);
    out.writeDouble(example.label());
    out.writeLong(example.labelTime().toEpochMilli());
    out.writeInt(example.revision());
  }

  @Override
  public Example read(Decoder in) throws IOException {
    return new Example(
        rows.read(in), in.readDouble(), Instant.ofEpochMilli(in.readLong()), in.readInt());
  }
}

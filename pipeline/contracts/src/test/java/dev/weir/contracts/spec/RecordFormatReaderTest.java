package dev.weir.contracts.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordFormatReaderTest {
  private static final String FEATURES = "  features: {topic: f, id: id, time: at%s}\n";
  private static final String TEXT =
      "model: small\nversion: 1\nevents:\n"
          + FEATURES
          + "  labels: {topic: l, id: id, time: at, value: late}\n"
          + "features:\n  - {name: amount, type: number}\n"
          + "training:\n  network: {hidden: [4]}\n"
          + "triggers:\n  volume: {examples: 3}\n  drift: {}\n";

  @TempDir Path directory;

  @Test
  void jsonWithoutEnvelopeIsTheDefault() {
    assertThat(format("")).isEqualTo(RecordFormat.JSON);
    assertThat(format(", format: json, envelope: none")).isEqualTo(RecordFormat.JSON);
  }

  @Test
  void aSchemaIsATextOrAnIdInARegistry() {
    assertThat(format(", format: protobuf, schema: 'x', message: a.B, envelope: debezium"))
        .isEqualTo(
            new RecordFormat(
                RecordFormat.Encoding.PROTOBUF,
                RecordFormat.Envelope.DEBEZIUM,
                new RecordFormat.Schema("x", "a.B", null, null)));
    assertThat(format(", format: avro, schemaId: 7, registry: 'http://r:8081/'").schema())
        .isEqualTo(new RecordFormat.Schema(null, null, URI.create("http://r:8081"), 7));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        ", format: avro|needs the schema that this spec is written for",
        ", format: avro, schema: x, schemaId: 1, registry: 'http://r'|one of schema, schemaFile",
        ", format: avro, schemaId: 1|needs a registry",
        ", format: avro, schema: x, message: M|only format: protobuf has it",
        ", schema: x|only format: avro and protobuf have it",
        ", format: avro, schemaFile: x.avsc|put its text here as schema:",
        ", format: avro, schema: x, registry: 'http://a b'|is no address",
        ", format: avro, schema: x, registry: 'ftp://r'|/events/features/registry"
      })
  void whatDoesNotFitNamesItsLine(String more, String message) {
    assertThatThrownBy(() -> format(more))
        .isInstanceOf(SpecException.class)
        .hasMessageStartingWith("weir.yaml:4: ")
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @CsvSource({"'value: late', 'value: late, expression: x'", "', value: late', ''"})
  void aLabelIsAFieldOrAnExpression(String from, String to) {
    String text = TEXT.replace("%s", "").replace(from, to);
    assertThatThrownBy(() -> SpecReader.parse("weir.yaml", text))
        .isInstanceOf(SpecException.class)
        .hasMessage("weir.yaml:5: needs the label: one of value, expression");
  }

  @Test
  void aSchemaFileTravelsInTheTextAndCountsInTheDigest() throws IOException {
    Path file = directory.resolve("weir.yaml");
    Files.writeString(file, TEXT.replace("%s", ", format: avro, schemaFile: order.avsc"));
    Path schema = directory.resolve("order.avsc");
    Files.writeString(schema, "{\n  \"type\": \"récord 🙂\" }\n");

    ModelSpec read = SpecReader.read(file);
    assertThat(read.events().features().format().schema().text())
        .isEqualTo("{\n  \"type\": \"récord 🙂\" }\n");
    assertThat(read.text().lines()).hasSameSizeAs(TEXT.lines().toList());
    assertThat(SpecReader.parse("weir.yaml", read.text())).isEqualTo(read);

    Files.writeString(schema, "{}");
    assertThat(SpecReader.read(file).digest()).isNotEqualTo(read.digest());
    Files.delete(schema);
    assertThatThrownBy(() -> SpecReader.read(file))
        .isInstanceOf(SpecException.class)
        .hasMessageStartingWith(file + ":4: the schema " + schema);
  }

  private static RecordFormat format(String more) {
    return SpecReader.parse("weir.yaml", TEXT.replace("%s", more)).events().features().format();
  }
}

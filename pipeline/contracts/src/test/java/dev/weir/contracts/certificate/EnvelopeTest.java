package dev.weir.contracts.certificate;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class EnvelopeTest {
  /** The test vector of the DSSE protocol v1. */
  @Test
  void preAuthenticationEncodingIsThatOfTheProtocol() {
    byte[] encoded =
        Envelope.preAuthenticationEncoding(
            "http://example.com/HelloWorld", "hello world".getBytes(StandardCharsets.UTF_8));

    assertThat(new String(encoded, StandardCharsets.UTF_8))
        .isEqualTo("DSSEv1 29 http://example.com/HelloWorld 11 hello world");
  }

  @Test
  void lengthsAreInBytes() {
    assertThat(Envelope.preAuthenticationEncoding("ü", new byte[] {-1, 0}))
        .isEqualTo(
            new byte[] {
              'D', 'S', 'S', 'E', 'v', '1', ' ', '2', ' ', -61, -68, ' ', '2', ' ', -1, 0
            });
  }
}

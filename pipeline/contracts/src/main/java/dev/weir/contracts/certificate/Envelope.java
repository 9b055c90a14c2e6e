package dev.weir.contracts.certificate;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.weir.contracts.serde.Json;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.util.Base64;
import java.util.List;

/**
 * A DSSE envelope: a payload and signatures over its pre-authentication encoding.
 *
 * @param payloadType media type of the payload
 * @param payload the payload in base64
 * @param signatures the signatures
 * @see <a href="https://github.com/secure-systems-lab/dsse/blob/master/protocol.md">DSSE v1</a>
 */
public record Envelope(String payloadType, String payload, List<Signed> signatures) {
  /** Media type of an in-toto statement. */
  public static final String IN_TOTO = "application/vnd.in-toto+json";

  public Envelope {
    requireNonNull(payloadType, "payloadType");
    requireNonNull(payload, "payload");
    signatures = List.copyOf(signatures);
  }

  /**
   * One signature.
   *
   * @param keyId names the key
   * @param signature the signature in base64
   */
  public record Signed(@JsonProperty("keyid") String keyId, @JsonProperty("sig") String signature) {
    public Signed {
      requireNonNull(keyId, "keyid");
      requireNonNull(signature, "sig");
    }

    /**
     * Returns the signature's bytes.
     *
     * @throws IllegalArgumentException if it is not base64 in its one canonical form
     */
    byte[] signatureBytes() {
      return decode(signature);
    }
  }

  /** Returns an envelope with the certificate in canonical JSON, signed with an Ed25519 key. */
  public static Envelope sign(Certificate certificate, String keyId, PrivateKey key) {
    byte[] payload = Json.canonical(certificate);
    try {
      Signature signer = Signature.getInstance("Ed25519");
      signer.initSign(key);
      signer.update(preAuthenticationEncoding(IN_TOTO, payload));
      Base64.Encoder base64 = Base64.getEncoder();
      return new Envelope(
          IN_TOTO,
          base64.encodeToString(payload),
          List.of(new Signed(keyId, base64.encodeToString(signer.sign()))));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("cannot sign with key " + keyId, e);
    }
  }

  /**
   * Returns the payload's bytes, unverified.
   *
   * @throws IllegalArgumentException if it is not base64 in its one canonical form
   */
  public byte[] payloadBytes() {
    return decode(payload);
  }

  /** Java's decoder ignores the spare bits of the last digit: those must be zero, too. */
  private static byte[] decode(String base64) {
    byte[] bytes = Base64.getDecoder().decode(base64);
    if (!Base64.getEncoder().encodeToString(bytes).equals(base64)) {
      throw new IllegalArgumentException("base64 is not in its canonical form");
    }
    return bytes;
  }

  /** Returns {@code "DSSEv1" SP len(type) SP type SP len(payload) SP payload}. */
  static byte[] preAuthenticationEncoding(String type, byte[] payload) {
    byte[] head =
        ("DSSEv1 "
                + type.getBytes(StandardCharsets.UTF_8).length
                + " "
                + type
                + " "
                + payload.length
                + " ")
            .getBytes(StandardCharsets.UTF_8);
    byte[] all = new byte[head.length + payload.length];
    System.arraycopy(head, 0, all, 0, head.length);
    System.arraycopy(payload, 0, all, head.length, payload.length);
    return all;
  }
}

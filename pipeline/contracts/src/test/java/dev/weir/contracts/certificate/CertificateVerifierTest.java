package dev.weir.contracts.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.contracts.Samples;
import dev.weir.contracts.digest.Sha256;
import dev.weir.contracts.policy.Verdict;
import dev.weir.contracts.serde.Json;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.Signature;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CertificateVerifierTest {
  private static final byte[] ONNX = {8, 9, 10};
  private static final byte[] MANIFEST = {'{', '}'};
  private static final KeyPair KEYS = Keys.generate();
  private static final String KEY_ID = Keys.id(KEYS.getPublic());

  private final CertificateVerifier verifier =
      new CertificateVerifier(Map.of(KEY_ID, KEYS.getPublic()));

  @Test
  void certifiedFilesMayServe() {
    assertThat(verifier.verifyForServing(envelope(Samples.pass()), "flights", 2, ONNX, MANIFEST))
        .isEqualTo(certificate(Samples.pass()));
  }

  @Test
  void certificateComesBackThroughJson() {
    Envelope envelope = envelope(Samples.pass());

    assertThat(verifier.verify(Json.read(Json.write(envelope), Envelope.class)))
        .isEqualTo(certificate(Samples.pass()));
  }

  @Test
  void everyFlippedByteOfThePayloadIsRefused() {
    Envelope good = envelope(Samples.pass());
    byte[] payload = good.payloadBytes();
    for (int i = 0; i < payload.length; i++) {
      byte[] bad = payload.clone();
      bad[i] ^= (byte) (1 << i % 8);
      assertRefused(
          new Envelope(good.payloadType(), base64(bad), good.signatures()), "payload byte " + i);
    }
  }

  @Test
  void everyFlippedBitOfTheSignatureIsRefused() {
    Envelope good = envelope(Samples.pass());
    byte[] signature = Base64.getDecoder().decode(good.signatures().get(0).signature());
    for (int bit = 0; bit < signature.length * 8; bit++) {
      byte[] bad = signature.clone();
      bad[bit / 8] ^= (byte) (1 << bit % 8);
      assertRefused(signed(good, base64(bad)), "signature bit " + bit);
    }
  }

  @Test
  void everyFlippedByteOfTheWrittenEnvelopeIsRefused() {
    byte[] written = Json.write(envelope(Samples.pass()));
    for (int i = 0; i < written.length; i++) {
      byte[] bad = written.clone();
      bad[i] ^= (byte) (1 << i % 8);
      assertThatThrownBy(() -> verifier.verify(Json.read(bad, Envelope.class)))
          .as("byte %d of %s", i, new String(bad, StandardCharsets.ISO_8859_1))
          .isInstanceOfAny(CertificateException.class, IllegalArgumentException.class);
    }
  }

  @Test
  void spareBitsOfBase64AreRefused() {
    Envelope good = envelope(Samples.pass());
    // 64 bytes of signature end in two spare bytes: "…XY==", where Y holds four unused bits.
    String signature = good.signatures().get(0).signature();
    char last = signature.charAt(85);
    String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    char next = alphabet.charAt(alphabet.indexOf(last) + 1);

    assertRefused(signed(good, signature.substring(0, 85) + next + "=="), "spare bits");
    assertRefused(signed(good, signature.replace("=", "")), "no padding");
  }

  @Test
  void untrustedKeyIsRefused() {
    KeyPair stranger = Keys.generate();
    Certificate certificate = certificate(Samples.pass());

    assertRefused(
        Envelope.sign(certificate, Keys.id(stranger.getPublic()), stranger.getPrivate()),
        "unknown key");
    assertRefused(Envelope.sign(certificate, KEY_ID, stranger.getPrivate()), "borrowed key id");
    assertRefused(
        new Envelope(Envelope.IN_TOTO, envelope(Samples.pass()).payload(), List.of()),
        "no signature");
  }

  @Test
  void oneTrustedSignatureAmongOthersIsEnough() {
    KeyPair stranger = Keys.generate();
    Envelope good = envelope(Samples.pass());
    Envelope other = Envelope.sign(certificate(Samples.pass()), "ffff", stranger.getPrivate());

    verifier.verify(
        new Envelope(
            Envelope.IN_TOTO,
            good.payload(),
            List.of(other.signatures().get(0), good.signatures().get(0))));
  }

  @Test
  void anotherPayloadTypeIsRefused() {
    Envelope good = envelope(Samples.pass());

    assertRefused(new Envelope("text/plain", good.payload(), good.signatures()), "payload type");
  }

  @Test
  void anotherKindOfStatementIsRefusedThoughSigned() {
    Certificate audit = certificate(Samples.pass());
    Certificate provenance =
        new Certificate(
            Certificate.STATEMENT_TYPE,
            audit.subject(),
            "https://slsa.dev/provenance/v1",
            audit.predicate());

    assertThatThrownBy(() -> verifier.verify(Envelope.sign(provenance, KEY_ID, KEYS.getPrivate())))
        .isInstanceOf(CertificateException.class)
        .hasMessageContaining("slsa.dev");
  }

  @Test
  void signedNonsenseIsRefused() throws Exception {
    for (String payload : new String[] {"", "{}", "null", "[1]", "no json"}) {
      byte[] bytes = payload.getBytes(StandardCharsets.UTF_8);
      Signature signer = Signature.getInstance("Ed25519");
      signer.initSign(KEYS.getPrivate());
      signer.update(Envelope.preAuthenticationEncoding(Envelope.IN_TOTO, bytes));
      Envelope.Signed signed = new Envelope.Signed(KEY_ID, base64(signer.sign()));

      assertRefused(new Envelope(Envelope.IN_TOTO, base64(bytes), List.of(signed)), payload);
    }
  }

  @Test
  void everyFlippedByteOfTheFilesIsRefused() {
    for (int i = 0; i < ONNX.length; i++) {
      byte[] bad = ONNX.clone();
      bad[i] ^= 1;
      assertNotServed(envelope(Samples.pass()), 2, bad, MANIFEST, "model.onnx");
    }
    assertNotServed(envelope(Samples.pass()), 2, ONNX, new byte[] {'{'}, "manifest.json");
    assertNotServed(envelope(Samples.pass()), 2, new byte[0], MANIFEST, "model.onnx");
  }

  @Test
  void fileThatIsNotCertifiedIsRefused() {
    Certificate partial =
        new Certificate(
            Certificate.STATEMENT_TYPE,
            certificate(Samples.pass()).subject().subList(0, 1),
            Certificate.PREDICATE_TYPE,
            Samples.predicate(Samples.pass()));

    assertNotServed(
        Envelope.sign(partial, KEY_ID, KEYS.getPrivate()), 2, ONNX, MANIFEST, "manifest.json");
  }

  @Test
  void anotherVersionOrModelIsRefused() {
    assertNotServed(envelope(Samples.pass()), 3, ONNX, MANIFEST, "not flights v3");
    assertThatThrownBy(
            () -> verifier.verifyForServing(envelope(Samples.pass()), "boats", 2, ONNX, MANIFEST))
        .isInstanceOf(CertificateException.class)
        .hasMessageContaining("not boats v2");
  }

  @Test
  void onlyAPassServes() {
    assertNotServed(envelope(new Verdict.Block(List.of())), 2, ONNX, MANIFEST, "BLOCK");
    assertNotServed(
        envelope(new Verdict.InsufficientEvidence(List.of())),
        2,
        ONNX,
        MANIFEST,
        "INSUFFICIENT_EVIDENCE");
  }

  private void assertRefused(Envelope envelope, String what) {
    assertThatThrownBy(() -> verifier.verify(envelope))
        .as(what)
        .isInstanceOf(CertificateException.class);
  }

  private void assertNotServed(
      Envelope envelope, int version, byte[] onnx, byte[] manifest, String says) {
    assertThatThrownBy(
            () -> verifier.verifyForServing(envelope, "flights", version, onnx, manifest))
        .isInstanceOf(CertificateException.class)
        .hasMessageContaining(says);
  }

  private static Certificate certificate(Verdict verdict) {
    return Certificate.of(Sha256.hex(ONNX), Sha256.hex(MANIFEST), Samples.predicate(verdict));
  }

  private static Envelope envelope(Verdict verdict) {
    return Envelope.sign(certificate(verdict), KEY_ID, KEYS.getPrivate());
  }

  private static Envelope signed(Envelope envelope, String signature) {
    return new Envelope(
        envelope.payloadType(),
        envelope.payload(),
        List.of(new Envelope.Signed(KEY_ID, signature)));
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }
}

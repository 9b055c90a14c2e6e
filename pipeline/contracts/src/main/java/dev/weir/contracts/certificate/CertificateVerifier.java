package dev.weir.contracts.certificate;

import dev.weir.contracts.digest.Sha256;
import dev.weir.contracts.policy.Verdict;
import dev.weir.contracts.serde.Json;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Map;
import java.util.TreeMap;

/** Checks certificates against the public keys that are trusted; immutable and thread-safe. */
public final class CertificateVerifier {
  private final Map<String, PublicKey> trusted;

  /** Creates a verifier that trusts the given Ed25519 keys, by key id. */
  public CertificateVerifier(Map<String, PublicKey> trusted) {
    this.trusted = new TreeMap<>(trusted);
  }

  /**
   * Returns the certificate inside the envelope after checking one trusted signature.
   *
   * @throws CertificateException if no trusted key signed exactly this payload, or if it is another
   *     kind of statement
   */
  public Certificate verify(Envelope envelope) {
    if (!Envelope.IN_TOTO.equals(envelope.payloadType())) {
      throw new CertificateException("unknown payload type " + envelope.payloadType());
    }
    byte[] payload;
    try {
      payload = envelope.payloadBytes();
    } catch (IllegalArgumentException e) {
      throw new CertificateException("payload is not base64", e);
    }
    byte[] signed = Envelope.preAuthenticationEncoding(envelope.payloadType(), payload);
    if (envelope.signatures().stream().noneMatch(s -> isTrusted(s, signed))) {
      throw new CertificateException(
          "no valid signature by a trusted key, trusted are " + trusted.keySet());
    }
    return parse(payload);
  }

  /**
   * Returns the certificate if it lets exactly these files serve.
   *
   * @throws CertificateException if the signature, a digest, the model, the version or the verdict
   *     says otherwise
   */
  public Certificate verifyForServing(
      Envelope envelope, String model, int version, byte[] onnx, byte[] manifest) {
    Certificate certificate = verify(envelope);
    Certificate.Predicate says = certificate.predicate();
    if (!says.model().equals(model) || says.version() != version) {
      throw new CertificateException(
          "certificate is for "
              + says.model()
              + " v"
              + says.version()
              + ", not "
              + model
              + " v"
              + version);
    }
    requireDigest(certificate, Certificate.MODEL_FILE, onnx);
    requireDigest(certificate, Certificate.MANIFEST_FILE, manifest);
    if (!(says.verdict() instanceof Verdict.Pass)) {
      throw new CertificateException(
          "verdict of " + model + " v" + version + " is " + says.verdict().answer());
    }
    return certificate;
  }

  private static void requireDigest(Certificate certificate, String file, byte[] content) {
    String actual = Sha256.hex(content);
    if (!certificate.digestOf(file).equals(actual)) {
      throw new CertificateException(
          file + " has sha256 " + actual + ", certified is " + certificate.digestOf(file));
    }
  }

  private boolean isTrusted(Envelope.Signed signed, byte[] content) {
    PublicKey key = trusted.get(signed.keyId());
    if (key == null) {
      return false;
    }
    try {
      Signature verifier = Signature.getInstance("Ed25519");
      verifier.initVerify(key);
      verifier.update(content);
      return verifier.verify(signed.signatureBytes());
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      return false;
    }
  }

  private static Certificate parse(byte[] payload) {
    Certificate certificate;
    try {
      certificate = Json.read(payload, Certificate.class);
    } catch (IllegalArgumentException e) {
      throw new CertificateException("signed payload is not a certificate", e);
    }
    if (!certificate.type().equals(Certificate.STATEMENT_TYPE)
        || !certificate.predicateType().equals(Certificate.PREDICATE_TYPE)) {
      throw new CertificateException(
          "signed payload is a "
              + certificate.predicateType()
              + ", not a "
              + Certificate.PREDICATE_TYPE);
    }
    return certificate;
  }
}

package dev.weir.auditor.certificate;

import dev.weir.contracts.certificate.CertificateVerifier;
import dev.weir.contracts.certificate.Keys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.util.Map;

/** The Ed25519 key that signs certificates, kept in two PEM files and never in a topic. */
public final class SigningKey {
  private static final String PRIVATE_FILE = "auditor.key.pem";
  private static final String PUBLIC_FILE = "auditor.pub.pem";

  private final PrivateKey privateKey;
  private final PublicKey publicKey;

  private SigningKey(PrivateKey privateKey, PublicKey publicKey) {
    this.privateKey = privateKey;
    this.publicKey = publicKey;
  }

  /**
   * Returns the key in a directory; where there is none, a fresh one is made and kept there.
   *
   * @throws IOException if the files cannot be read or written, or one of the two is missing
   */
  public static SigningKey in(Path directory) throws IOException {
    Path privateFile = directory.resolve(PRIVATE_FILE);
    Path publicFile = directory.resolve(PUBLIC_FILE);
    Files.createDirectories(directory);
    if (Files.exists(privateFile) != Files.exists(publicFile)) {
      throw new IOException("of the key pair in " + directory + " one file is missing");
    }
    if (!Files.exists(privateFile)) {
      KeyPair pair = Keys.generate();
      Keys.write(pair.getPublic(), publicFile);
      Keys.write(pair.getPrivate(), privateFile);
    }
    return new SigningKey(Keys.readPrivate(privateFile), Keys.readPublic(publicFile));
  }

  /** Returns the private key. */
  public PrivateKey privateKey() {
    return privateKey;
  }

  /** Returns the key's id. */
  public String id() {
    return Keys.id(publicKey);
  }

  /** Returns a verifier that trusts this key alone. */
  public CertificateVerifier verifier() {
    return new CertificateVerifier(Map.of(id(), publicKey));
  }
}

package dev.weir.contracts.certificate;

import dev.weir.contracts.digest.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;

/** Ed25519 keys in PEM files: PKCS#8 for private, X.509 for public keys. */
public final class Keys {
  private static final String PRIVATE = "PRIVATE KEY";
  private static final String PUBLIC = "PUBLIC KEY";

  private Keys() {}

  /** Returns a key's id: the first 16 hexadecimal digits of sha256 over its X.509 encoding. */
  public static String id(PublicKey key) {
    return Sha256.hex(key.getEncoded()).substring(0, 16);
  }

  /** Returns a fresh key pair. */
  public static KeyPair generate() {
    try {
      return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Java 17 has Ed25519", e);
    }
  }

  /** Writes a private key, readable by its owner only where the file system can say so. */
  public static void write(PrivateKey key, Path file) throws IOException {
    Files.deleteIfExists(file);
    // Permissions first: between writing and a later chmod others could read the key.
    if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }
    Files.writeString(file, pem(PRIVATE, key.getEncoded()));
  }

  /** Writes a public key. */
  public static void write(PublicKey key, Path file) throws IOException {
    Files.writeString(file, pem(PUBLIC, key.getEncoded()));
  }

  /**
   * Reads a private key.
   *
   * @throws IllegalArgumentException if the file holds no Ed25519 key in PKCS#8
   */
  public static PrivateKey readPrivate(Path file) throws IOException {
    try {
      return KeyFactory.getInstance("Ed25519")
          .generatePrivate(new PKCS8EncodedKeySpec(unwrap(PRIVATE, file)));
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException(file + " holds no Ed25519 private key (PKCS#8 PEM)", e);
    }
  }

  /**
   * Reads a public key.
   *
   * @throws IllegalArgumentException if the file holds no Ed25519 key in X.509
   */
  public static PublicKey readPublic(Path file) throws IOException {
    try {
      return KeyFactory.getInstance("Ed25519")
          .generatePublic(new X509EncodedKeySpec(unwrap(PUBLIC, file)));
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException(file + " holds no Ed25519 public key (X.509 PEM)", e);
    }
  }

  private static String pem(String kind, byte[] encoded) {
    String body =
        Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII)).encodeToString(encoded);
    return "-----BEGIN " + kind + "-----\n" + body + "\n-----END " + kind + "-----\n";
  }

  private static byte[] unwrap(String kind, Path file) throws IOException {
    String text = Files.readString(file);
    String begin = "-----BEGIN " + kind + "-----";
    int from = text.indexOf(begin);
    int to = text.indexOf("-----END " + kind + "-----");
    if (from < 0 || to < from) {
      throw new IllegalArgumentException(file + " holds no PEM block \"" + kind + "\"");
    }
    return Base64.getMimeDecoder().decode(text.substring(from + begin.length(), to));
  }
}

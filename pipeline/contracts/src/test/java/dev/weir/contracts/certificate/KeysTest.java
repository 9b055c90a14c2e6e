package dev.weir.contracts.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeysTest {
  @TempDir private Path folder;

  @Test
  void keysComeBackFromTheirFiles() throws IOException {
    KeyPair keys = Keys.generate();
    Path privateFile = folder.resolve("auditor.key");
    Path publicFile = folder.resolve("auditor.pub");
    Keys.write(keys.getPrivate(), privateFile);
    Keys.write(keys.getPublic(), publicFile);

    assertThat(Keys.readPrivate(privateFile)).isEqualTo(keys.getPrivate());
    assertThat(Keys.readPublic(publicFile)).isEqualTo(keys.getPublic());
    assertThat(Keys.id(Keys.readPublic(publicFile)))
        .isEqualTo(Keys.id(keys.getPublic()))
        .matches("[0-9a-f]{16}");
    assertThat(Files.readString(privateFile)).startsWith("-----BEGIN PRIVATE KEY-----\n");
    assertThat(Files.readString(publicFile)).startsWith("-----BEGIN PUBLIC KEY-----\n");
  }

  /** Test 1 of RFC 8410, section 10.3 and 10.1: the key pair as OpenSSL writes it. */
  @Test
  void publishedPemIsRead() throws IOException {
    Path privateFile = folder.resolve("rfc.key");
    Files.writeString(
        privateFile,
        """
        -----BEGIN PRIVATE KEY-----
        MC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC
        -----END PRIVATE KEY-----
        """);
    Path publicFile = folder.resolve("rfc.pub");
    Files.writeString(
        publicFile,
        """
        -----BEGIN PUBLIC KEY-----
        MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=
        -----END PUBLIC KEY-----
        """);
    String keyId = Keys.id(Keys.readPublic(publicFile));
    CertificateVerifier verifier =
        new CertificateVerifier(java.util.Map.of(keyId, Keys.readPublic(publicFile)));
    Certificate certificate =
        Certificate.of(
            "o", "m", dev.weir.contracts.Samples.predicate(dev.weir.contracts.Samples.pass()));

    assertThat(verifier.verify(Envelope.sign(certificate, keyId, Keys.readPrivate(privateFile))))
        .isEqualTo(certificate);
  }

  @Test
  void privateKeyIsForItsOwnerOnlyEvenOverAnOpenFile() throws IOException {
    assumeTrue(folder.getFileSystem().supportedFileAttributeViews().contains("posix"));
    Path file = folder.resolve("auditor.key");
    Files.writeString(file, "readable by all");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));

    Keys.write(Keys.generate().getPrivate(), file);

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void anotherFileIsRefusedByItsName() throws IOException {
    Path file = folder.resolve("some.key");
    for (String content :
        new String[] {
          "",
          "no pem",
          "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n",
          "-----END PRIVATE KEY-----\n-----BEGIN PRIVATE KEY-----\n"
        }) {
      Files.writeString(file, content);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Keys.readPrivate(file))
          .withMessageContaining("some.key");
    }
    Keys.write(Keys.generate().getPublic(), file);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Keys.readPrivate(file))
        .withMessageContaining("PRIVATE KEY");
  }
}

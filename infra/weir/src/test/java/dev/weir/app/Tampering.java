package dev.weir.app;

import dev.weir.app.stack.Stack;
import dev.weir.contracts.certificate.Envelope;
import dev.weir.contracts.control.Deployment;
import dev.weir.contracts.digest.Sha256;
import dev.weir.contracts.serde.Json;
import dev.weir.contracts.topic.RangeReader;
import dev.weir.contracts.topic.Topics;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/** What somebody could do who can write to the disk or to a topic, but has no key. */
final class Tampering {
  private Tampering() {}

  /** Flips one bit in the middle of a file; the second time it is as before. */
  static void flip(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    Files.write(file, bytes);
  }

  /** Returns the file in the registry's directory that has this digest. */
  static Path fileWithDigest(Path registry, String sha256) throws IOException {
    try (Stream<Path> all = Files.walk(registry)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        if (Sha256.hex(Files.readAllBytes(file)).equals(sha256)) {
          return file;
        }
      }
    }
    throw new AssertionError("no file with digest " + sha256);
  }

  static Envelope withFlippedPayload(Envelope envelope) {
    byte[] payload = envelope.payloadBytes();
    payload[payload.length / 2] ^= 1;
    return new Envelope(
        envelope.payloadType(), Base64.getEncoder().encodeToString(payload), envelope.signatures());
  }

  /** Returns what the topic says is live. */
  static Deployment lastDeployment(Stack stack) {
    List<ConsumerRecord<byte[], byte[]>> all =
        new RangeReader(stack.client()).readAll(stack.names().of(Topics.DEPLOYMENTS));
    return Json.read(all.get(all.size() - 1).value(), Deployment.class);
  }

  /** Announces the same deployment again, as a later one with this certificate. */
  static void announce(Stack stack, Deployment last, Envelope certificate)
      throws InterruptedException, ExecutionException {
    Deployment.Slot champion = last.champion();
    Deployment next =
        new Deployment(
            last.model(),
            lastDeployment(stack).sequence() + 1,
            new Deployment.Slot(
                champion.version(), champion.runId(), certificate, champion.since()),
            null,
            last.change(),
            last.changedVersion(),
            last.requestId(),
            last.reason(),
            last.changedAt());
    byte[] key = last.model().getBytes(StandardCharsets.UTF_8);
    stack
        .producer()
        .send(new ProducerRecord<>(stack.names().of(Topics.DEPLOYMENTS), key, Json.write(next)))
        .get();
  }
}

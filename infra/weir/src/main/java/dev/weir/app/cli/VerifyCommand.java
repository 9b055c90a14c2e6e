package dev.weir.app.cli;

import dev.weir.auditor.verify.LedgerFile;
import dev.weir.contracts.certificate.Certificate;
import dev.weir.contracts.certificate.CertificateException;
import dev.weir.contracts.certificate.CertificateVerifier;
import dev.weir.contracts.certificate.Envelope;
import dev.weir.contracts.certificate.Keys;
import dev.weir.contracts.digest.Sha256;
import dev.weir.contracts.serde.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code weir verify}: checks certificates, model files and ledgers, offline. */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    description =
        "Checks a certificate, the files it certifies, and a ledger's hash chain, offline.",
    footer = {
      "",
      "Examples:",
      "  weir verify --certificate certificate.json --key auditor.pub.pem --model model.onnx",
      "  weir verify --ledger ledger.jsonl",
      "",
      "Exit codes: 0 all is as certified, 1 something is not or cannot be read, 2 usage."
    })
final class VerifyCommand implements Callable<Integer> {
  @Spec private picocli.CommandLine.Model.@Nullable CommandSpec command;

  @Option(names = "--certificate", paramLabel = "FILE", description = "a DSSE envelope")
  private @Nullable Path certificate;

  @Option(names = "--key", paramLabel = "FILE", description = "the auditor's public key (PEM)")
  private @Nullable Path key;

  @Option(names = "--model", paramLabel = "FILE", description = "the ONNX file it certifies")
  private @Nullable Path model;

  @Option(names = "--manifest", paramLabel = "FILE", description = "the manifest it certifies")
  private @Nullable Path manifest;

  @Option(names = "--ledger", paramLabel = "FILE", description = "a ledger, one record per line")
  private @Nullable Path ledger;

  @Option(names = "--json", description = "print one JSON object on standard output, nothing else")
  private boolean isJson;

  private final Map<String, Object> findings = new LinkedHashMap<>();
  private boolean isIntact = true;

  @Override
  public Integer call() throws IOException {
    if (certificate == null && ledger == null) {
      throw usage("name a --certificate or a --ledger");
    }
    if (ledger != null) {
      checkLedger(ledger);
    }
    if (certificate != null) {
      checkCertificate(certificate);
    }
    print();
    return isIntact ? 0 : WeirCommand.FAIL;
  }

  private void checkLedger(Path file) throws IOException {
    LedgerFile.Finding finding = LedgerFile.verify(file);
    findings.put("ledgerRecordsIntact", finding.intact());
    findings.put("ledgerLastHash", finding.lastHash());
    finding.problem().ifPresent(problem -> fail("ledger", problem));
  }

  private void checkCertificate(Path file) throws IOException {
    if (key == null) {
      throw usage("a --certificate needs the --key that is trusted");
    }
    PublicKey trusted = Keys.readPublic(key);
    try {
      Envelope envelope = Json.read(Files.readAllBytes(file), Envelope.class);
      Certificate verified =
          new CertificateVerifier(Map.of(Keys.id(trusted), trusted)).verify(envelope);
      findings.put("model", verified.predicate().model());
      findings.put("version", verified.predicate().version());
      findings.put("verdict", verified.predicate().verdict().answer().name());
      findings.put("policy", verified.predicate().policyId());
      checkFile(verified, Certificate.MODEL_FILE, model);
      checkFile(verified, Certificate.MANIFEST_FILE, manifest);
    } catch (CertificateException e) {
      fail("certificate", String.valueOf(e.getMessage()));
    } catch (IllegalArgumentException e) {
      fail("certificate", file + " is no DSSE envelope");
    }
  }

  private void checkFile(Certificate verified, String name, @Nullable Path file)
      throws IOException {
    if (file == null) {
      return;
    }
    String actual = Sha256.hex(Files.readAllBytes(file));
    if (actual.equals(verified.digestOf(name))) {
      findings.put(name, "as certified");
    } else {
      fail(name, file + " has sha256 " + actual + ", certified is " + verified.digestOf(name));
    }
  }

  private void fail(String what, String problem) {
    isIntact = false;
    findings.put(what, problem);
  }

  private void print() {
    PrintWriter out = line().getOut();
    findings.put("intact", isIntact);
    if (isJson) {
      out.println(new String(Json.write(findings), StandardCharsets.UTF_8));
    } else {
      findings.forEach((name, value) -> out.println(name + ": " + value));
    }
  }

  private ParameterException usage(String message) {
    return new ParameterException(line(), message);
  }

  private CommandLine line() {
    if (command == null) {
      throw new IllegalStateException("the command was not parsed");
    }
    return command.commandLine();
  }
}

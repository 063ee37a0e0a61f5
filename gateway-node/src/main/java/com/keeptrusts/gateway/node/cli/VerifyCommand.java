package com.keeptrusts.gateway.node.cli;

import com.keeptrusts.gateway.audit.note.CosignerKey;
import com.keeptrusts.gateway.audit.note.NoteException;
import com.keeptrusts.gateway.audit.note.VerifierKey;
import com.keeptrusts.gateway.audit.read.LedgerVerification;
import com.keeptrusts.gateway.audit.read.LogReport;
import com.keeptrusts.gateway.audit.read.VerificationReport;
import com.keeptrusts.gateway.audit.witness.CosignatureCheck;
import com.keeptrusts.gateway.audit.witness.CosignatureCheck.Finding;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code kt events verify}: exit code 0 sound, 1 not, 2 could not be read. */
@Command(
        name = "verify",
        description = "Prove the ledger's integrity and completeness offline.",
        mixinStandardHelpOptions = true)
final class VerifyCommand implements Callable<Integer> {

    @Parameters(
            arity = "0..1",
            paramLabel = "DIR|URL",
            description = "A ledger, a data directory, or where one is served. Default: --data-dir")
    private @Nullable String place;

    @Option(names = "--data-dir", defaultValue = "data", description = "Default: ${DEFAULT-VALUE}")
    private Path dataDir;

    @Option(names = "--since", description = "Repeatable: a file with an older checkpoint that was kept elsewhere.")
    private List<Path> since = new ArrayList<>();

    @Option(names = "--key", description = "Repeatable: a verifier key (name+hash+key) that was kept elsewhere.")
    private List<String> trusted = new ArrayList<>();

    @Option(names = "--keep", description = "Of a URL: keep the copy that was verified in this new directory.")
    private @Nullable Path keep;

    @Option(
            names = "--witness",
            description = "Repeatable: the key of a witness (name+hash+key) that must have cosigned every log here.")
    private List<String> witnesses = new ArrayList<>();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        try {
            List<String> checkpoints = new ArrayList<>();
            for (Path file : since) {
                checkpoints.add(Files.readString(file));
            }
            List<VerifierKey> keys = new ArrayList<>();
            for (String key : trusted) {
                keys.add(VerifierKey.parse(key));
            }
            List<CosignerKey> cosigners = new ArrayList<>();
            for (String key : witnesses) {
                cosigners.add(CosignerKey.parse(key));
            }
            return verify(new LedgerVerification(Clock.systemUTC(), checkpoints, keys), cosigners);
        } catch (IOException | NoteException e) {
            spec.commandLine().getErr().println("kt: " + e.getMessage());
            return LedgerVerification.COULD_NOT_RUN;
        }
    }

    private int verify(LedgerVerification verification, List<CosignerKey> cosigners) throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        if (place == null || !RemoteLedger.isUrl(place)) {
            Path local = place == null ? dataDir : Path.of(place);
            VerificationReport report = verification.verify(local);
            LocalRead.tell(
                    local,
                    "files",
                    Map.of(),
                    report.logs().stream().mapToLong(LogReport::entries).sum());
            return tell(report, CosignatureCheck.of(local, cosigners), out);
        }
        try (RemoteLedger remote = RemoteLedger.copy(place, Optional.ofNullable(keep), out::println)) {
            return tell(verification.verify(remote.place()), CosignatureCheck.of(remote.place(), cosigners), out);
        }
    }

    private static int tell(VerificationReport report, List<Finding> findings, PrintWriter out) {
        report.lines().forEach(out::println);
        findings.forEach(out::println);
        out.flush();
        return findings.stream().allMatch(Finding::cosigned) ? report.exitCode() : 1;
    }
}

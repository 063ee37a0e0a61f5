package com.keeptrusts.gateway.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.keeptrusts.gateway.audit.read.LedgerVerification;
import com.keeptrusts.gateway.audit.read.VerificationReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The data directories of a cluster's hosts, compared with what its upstream and its clients know. */
final class HostLedgers {

    private final Path folder;
    private final List<String> hosts;
    private final MarkedTraffic traffic;

    HostLedgers(Path folder, List<String> hosts, MarkedTraffic traffic) {
        this.folder = folder;
        this.hosts = hosts;
        this.traffic = traffic;
    }

    Path data(String host) {
        return folder.resolve("data").resolve(host);
    }

    /** What contradicts the claims about these answers, by the ledgers as they are now. */
    List<String> violations(List<MarkedAnswer> answers) throws IOException {
        NodeSecret secret = NodeSecret.in(with("audit"), with("keys"));
        return new Reconciliation(secret, LedgerView.of(with("audit"))).violations(traffic.reachedUpstream(), answers);
    }

    Outcomes outcomes() throws IOException {
        return Outcomes.in(with("audit"));
    }

    /** All logs as somebody sees them who got them together. */
    VerificationReport verify() throws IOException {
        Path together = Files.createTempDirectory(folder, "together");
        for (Path data : with("audit")) {
            Files.createSymbolicLink(
                    together.resolve(String.valueOf(data.getFileName())), data.resolve("audit/writer-0"));
        }
        return new LedgerVerification().verify(together);
    }

    /** Both verdicts are good, and no request has more than one end. */
    void assertVerified() throws IOException {
        VerificationReport report = verify();
        assertThat(report.exitCode()).as(String.join("\n", report.lines())).isZero();
        assertThat(report.completeness().endedTwice()).isZero();
    }

    /** Data directories that have a part. */
    private List<Path> with(String part) {
        return hosts.stream()
                .map(this::data)
                .filter(data -> Files.isDirectory(data.resolve(part)))
                .toList();
    }
}

package com.keeptrusts.gateway.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.keeptrusts.gateway.audit.read.LedgerVerification;
import com.keeptrusts.gateway.audit.read.VerificationReport;
import com.keeptrusts.gateway.journeys.Await;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code kill -9} of the whole gateway at a random moment under 500 requests a second, half of them streams, again and
 * again on one directory. {@code -Dfaults.rounds=50} for more of it.
 */
class KilledGatewayIT {

    private static final int ROUNDS = Integer.getInteger("faults.rounds", 2);
    private static final long SEED = Long.getLong("faults.seed", 5);
    private static final int PER_SECOND = 500;

    /** A JVM that has just started is busy compiling: the moment comes when most answers come in time. */
    private static final int BEFORE = 300;

    private static final int WITHIN = 750;

    /** A machine that is busy with other things takes its time. */
    private static final Duration WARM = Duration.ofMinutes(3);

    @TempDir
    private Path folder;

    private LoadedGateway gateway;

    @BeforeEach
    void open() throws Exception {
        gateway = new LoadedGateway(folder, folder.resolve("data"));
    }

    @AfterEach
    void close() throws Exception {
        gateway.close();
    }

    @Test
    void theUpstreamsJournalAndTheLedgerAgreeAfterEveryKill() throws Exception {
        var random = new Random(SEED);
        List<MarkedAnswer> answers = new ArrayList<>();
        double slowest = Double.MAX_VALUE;

        for (int round = 0; round < ROUNDS; round++) {
            gateway.start();
            gateway.awaitSpoolDrained();
            assertThat(gateway.violations(answers))
                    .as("after kill %d, seed %d", round, SEED)
                    .isEmpty();
            try (MarkedLoad load = gateway.load(PER_SECOND)) {
                Await.until(
                        WARM,
                        () -> load.answers().stream().filter(MarkedAnswer::good).count() >= BEFORE);
                int moment = load.sent() + random.nextInt(WITHIN);
                Await.until(() -> load.sent() >= moment);
                gateway.process().kill();
                slowest = Math.min(slowest, load.rate());
                answers.addAll(load.finish());
            }
            assertThat(new LedgerVerification().verify(gateway.data()).logs())
                    .allSatisfy(log -> assertThat(log.problems()).isEmpty());
        }

        gateway.start();
        gateway.awaitSpoolDrained();
        assertThat(gateway.violations(answers)).isEmpty();
        assertThat(gateway.terminate()).isZero();
        VerificationReport report = LaterStart.closeWhatIsOpen(gateway.data());
        assertThat(report.exitCode()).as(String.join("\n", report.lines())).isZero();
        assertThat(report.completeness().pending()).isZero();
        LedgerView ledger = LedgerView.of(gateway.data());
        assertThat(ledger.outcomes().size() + ledger.orphaned().size())
                .isEqualTo(ledger.accepted().size());
        assertThat(ledger.outcomes().keySet())
                .doesNotContainAnyElementsOf(ledger.orphaned().keySet());
        FaultTable.holds(
                "N10",
                "kill -9 under load",
                ROUNDS + " times at a random moment under " + PER_SECOND + " requests/s (at least "
                        + Math.round(slowest) + " were sent)",
                answers.size() + " requests, " + report.completeness().orphaned()
                        + " of them orphaned, no gap; accepted = outcome + orphaned, both verdicts good");
    }
}

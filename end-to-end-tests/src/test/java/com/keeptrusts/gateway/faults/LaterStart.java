package com.keeptrusts.gateway.faults;

import com.keeptrusts.gateway.audit.AuditOptions;
import com.keeptrusts.gateway.audit.AuditSettings;
import com.keeptrusts.gateway.audit.AuditVerticle;
import com.keeptrusts.gateway.audit.ledger.LedgerOptions;
import com.keeptrusts.gateway.audit.read.LedgerVerification;
import com.keeptrusts.gateway.audit.read.VerificationReport;
import com.keeptrusts.gateway.contract.Bus;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The audit verticle on a directory that others have left, an hour later: when every request is past its deadline. */
final class LaterStart {

    private static final Clock AN_HOUR_ON = Clock.offset(Clock.systemUTC(), Duration.ofHours(1));

    /** A start ends at most a thousand requests; the load of a test has no more than so many thousand under way. */
    private static final int STARTS = 12;

    private LaterStart() {}

    /** Starts it and stops it until nothing is left to end, then verifies as of that hour. */
    static VerificationReport closeWhatIsOpen(Path data) throws Exception {
        VerificationReport report = verify(data);
        for (int i = 0; i < STARTS && report.completeness().missing() > 0; i++) {
            startAndStop(data);
            report = verify(data);
        }
        return report;
    }

    private static void startAndStop(Path data) throws Exception {
        Vertx vertx = Vertx.vertx();
        try {
            Bus.prepare(vertx);
            var options = new AuditOptions(
                    "later",
                    "test",
                    data.resolve("audit").resolve("writer-0"),
                    AuditSettings.DEFAULT,
                    "",
                    LedgerOptions.of("later", new SimpleMeterRegistry()).withClock(AN_HOUR_ON),
                    null,
                    _ -> null);
            String id = vertx.deployVerticle(new AuditVerticle(options)).await(60, TimeUnit.SECONDS);
            vertx.undeploy(id).await(60, TimeUnit.SECONDS);
        } finally {
            vertx.close().await(30, TimeUnit.SECONDS);
        }
    }

    private static VerificationReport verify(Path data) throws Exception {
        return new LedgerVerification(AN_HOUR_ON, List.of(), List.of()).verify(data);
    }
}

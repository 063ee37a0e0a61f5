package com.keeptrusts.gateway.node.cli;

import com.keeptrusts.gateway.audit.ledger.LedgerEntry;
import com.keeptrusts.gateway.audit.read.EventLines;
import com.keeptrusts.gateway.audit.read.EventQuery;
import com.keeptrusts.gateway.audit.read.LedgerReader;
import com.keeptrusts.gateway.audit.read.LedgerVerification;
import com.keeptrusts.gateway.audit.read.VerificationReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The quickstart's last step: what the ledger holds of its requests, and that it verifies. */
final class LedgerTour {

    private final Path data;
    private final PrintWriter out;

    LedgerTour(Path data, PrintWriter out) {
        this.data = data;
        this.out = out;
    }

    void show(Tour tour) throws IOException {
        List<LedgerEntry> entries = new ArrayList<>();
        for (String request : tour.requestIds()) {
            try (LedgerReader reader = LedgerReader.open(data)) {
                entries.addAll(reader.last(EventQuery.ofRequest(request)));
            }
        }
        VerificationReport report = new LedgerVerification().verify(data);
        tour.tell(
                "5. the ledger",
                entries.size() == 2 * tour.requestIds().size() && report.exitCode() == 0,
                entries.size() + " entries for " + tour.requestIds().size() + " requests; integrity "
                        + (report.whole() ? "whole" : "BROKEN") + ", completeness "
                        + (report.complete() ? "complete" : "INCOMPLETE"));
        out.println();
        out.println(EventLines.tableHeader());
        entries.forEach(entry -> out.println(EventLines.tableRow(entry)));
    }
}

package com.keeptrusts.gateway.benchmarks;

import static com.keeptrusts.gateway.benchmarks.FigureTable.number;
import static com.keeptrusts.gateway.benchmarks.JsonRows.beside;

import com.keeptrusts.gateway.benchmarks.load.LoadReport;
import java.util.List;

/** Streamed answers: when they begin, whether they keep the pace, and how fast they can be. */
final class StreamRows {

    private static final int WITHOUT_END = 200_000;

    private final Lab lab;

    StreamRows(Lab lab) {
        this.lab = lab;
    }

    /** The median time to the first event of one stream at a time, less what {@code reference} has. */
    Figure addedFirstToken(String kind, Subject gateway, Subject reference, Budget budget) {
        lab.simulator().answer(8, 0, 0);
        var p50 = new Samples();
        List<Subject> subjects = List.of(reference, gateway);
        for (int round = 0; round < lab.rounds(); round++) {
            for (Subject subject : subjects) {
                p50.add(subject.name(), lab.streams(subject, 1).firstToken().p50());
            }
        }
        double added = p50.median(gateway.name()) - p50.median(reference.name());
        return new Figure(kind + ": added time to first token, p50", "ms", budget, added, beside(subjects, p50, " ms"));
    }

    /** How much of the asked pace each stream gets, in percent. */
    Figure pace(Subject gateway, int streams, int tokensPerSecond) {
        var kept = new Samples();
        for (int round = 0; round < lab.rounds(); round++) {
            for (Subject subject : List.of(lab.direct(), gateway)) {
                kept.add(
                        subject.name(),
                        100 * paced(subject, streams, tokensPerSecond).streamPace() / tokensPerSecond);
            }
        }
        return new Figure(
                "SSE, " + gateway.name() + ": " + streams + " streams at " + number(tokensPerSecond) + " tokens/s",
                "% of pace",
                Budget.atLeast(98, 99.9),
                kept.median(gateway.name()),
                beside(List.of(lab.direct()), kept, " %") + ", upstream late p99 "
                        + number(lab.simulator().lagP99()) + " ms");
    }

    /** CPU time of the gateway per event of ten fast streams. */
    Figure cpuPerEvent(Subject gateway, Budget budget) {
        var micros = new Samples();
        for (int round = 0; round < lab.rounds(); round++) {
            micros.add(gateway.name(), paced(gateway, 10, 6_000).cpuMicrosPerEvent());
        }
        return new Figure(
                "SSE, " + gateway.name() + ": CPU per event, 10 streams at 6,000 tokens/s",
                "µs",
                budget,
                micros.median(gateway.name()),
                "");
    }

    private LoadReport paced(Subject subject, int streams, int tokensPerSecond) {
        lab.simulator().answer(WITHOUT_END, tokensPerSecond, 0);
        return lab.streams(subject, streams);
    }

    /** Events per second with streams as fast as they can be, answers reviewed and not, and what the review adds. */
    List<Figure> burst(Subject bare, Subject reviewed, Subject unreviewed) {
        var rate = new Samples();
        var micros = new Samples();
        List<Subject> subjects = List.of(lab.direct(), bare, unreviewed, reviewed);
        for (int round = 0; round < lab.rounds(); round++) {
            for (Subject subject : subjects) {
                lab.simulator().answer(20_000, 0, 0);
                LoadReport report = lab.streams(subject, 8);
                rate.add(subject.name(), report.eventsPerSecond());
                micros.add(subject.name(), report.cpuMicrosPerEvent());
            }
        }
        String rates = beside(subjects, rate, "/s");
        double added = micros.median(reviewed.name()) - micros.median(unreviewed.name());
        return List.of(
                new Figure(
                        "SSE burst, output policies off",
                        "events/s",
                        Budget.atLeast(200_000, 200_000),
                        rate.median(unreviewed.name()),
                        rates),
                new Figure(
                        "SSE burst, redaction on",
                        "events/s",
                        Budget.atLeast(100_000, 100_000),
                        rate.median(reviewed.name()),
                        ""),
                new Figure(
                        "SSE burst: output redaction adds, per event",
                        "µs CPU",
                        Budget.atMost(2, 2),
                        added,
                        beside(subjects, micros, " µs")));
    }
}

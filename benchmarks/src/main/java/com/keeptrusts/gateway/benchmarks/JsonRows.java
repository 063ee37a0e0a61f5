package com.keeptrusts.gateway.benchmarks;

import static com.keeptrusts.gateway.benchmarks.FigureTable.number;

import com.keeptrusts.gateway.benchmarks.load.Arrival;
import com.keeptrusts.gateway.benchmarks.load.LoadReport;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Answers in one piece: how many per second, what each costs, and how much later it comes. */
final class JsonRows {

    private static final int ANSWER_TOKENS = 20;

    private final Lab lab;
    private final List<Subject> others;
    private final Subject bare;

    /** {@code others} are measured beside the gateway in every round: the upstream itself and the proxies. */
    JsonRows(Lab lab, List<Subject> others, Subject bare) {
        this.lab = lab;
        this.others = others;
        this.bare = bare;
    }

    /** Budgets of requests/s and of CPU per request, both against the bare proxy. */
    List<Figure> throughput(String kind, Subject gateway, Budget share, Budget cpu) {
        lab.simulator().answer(ANSWER_TOKENS, 0, 0);
        var rate = new Samples();
        var micros = new Samples();
        List<Subject> subjects = with(gateway);
        for (int round = 0; round < lab.rounds(); round++) {
            for (Subject subject : subjects) {
                LoadReport report = lab.json(subject, new Arrival.Closed(64));
                rate.add(subject.name(), report.perSecond());
                micros.add(subject.name(), report.cpuMicrosPerRequest());
            }
        }
        double ofBare = 100 * rate.median(gateway.name()) / rate.median(bare.name());
        double timesBare = micros.median(gateway.name()) / micros.median(bare.name());
        return List.of(
                new Figure(kind + ": requests/s, c=64", "% of bare", share, ofBare, beside(subjects, rate, "/s")),
                new Figure(kind + ": CPU per request", "× bare", cpu, timesBare, beside(subjects, micros, " µs")));
    }

    /** The median latency of one connection, less what the upstream itself takes. */
    Figure addedMedian(String kind, Subject gateway, Budget budget) {
        lab.simulator().answer(ANSWER_TOKENS, 0, 0);
        var p50 = new Samples();
        List<Subject> subjects = with(gateway);
        for (int round = 0; round < lab.rounds(); round++) {
            for (Subject subject : subjects) {
                p50.add(
                        subject.name(),
                        lab.json(subject, new Arrival.Closed(1)).latency().p50());
            }
        }
        return new Figure(
                kind + ": added p50, c=1",
                "ms",
                budget,
                p50.median(gateway.name()) - p50.median(lab.direct().name()),
                beside(subjects, p50, " ms"));
    }

    /** The tail on a fixed schedule, less what {@code reference} has there. */
    Figure addedTail(String row, Subject gateway, Subject reference, int perSecond, int upstreamMillis, Budget budget) {
        lab.simulator().answer(1, 0, upstreamMillis);
        var p99 = new Samples();
        List<Subject> subjects = List.of(reference, gateway);
        for (int round = 0; round < lab.rounds(); round++) {
            for (Subject subject : subjects) {
                LoadReport report = lab.json(subject, new Arrival.Open(perSecond, 512));
                p99.add(subject.name(), report.latency().p99());
            }
        }
        double added = p99.median(gateway.name()) - p99.median(reference.name());
        return new Figure(row, "ms", budget, added, beside(subjects, p99, " ms"));
    }

    private List<Subject> with(Subject gateway) {
        var all = new ArrayList<>(others);
        all.add(gateway);
        return all;
    }

    static String beside(List<Subject> subjects, Samples samples, String unit) {
        return subjects.stream()
                .map(Subject::name)
                .filter(samples::has)
                .filter(name -> samples.median(name) != 0)
                .map(name -> name + " " + number(samples.median(name)) + unit)
                .collect(Collectors.joining(", "));
    }
}

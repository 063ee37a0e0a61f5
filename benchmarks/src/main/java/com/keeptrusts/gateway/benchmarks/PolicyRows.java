package com.keeptrusts.gateway.benchmarks;

import static com.keeptrusts.gateway.benchmarks.FigureTable.number;

import com.keeptrusts.gateway.benchmarks.load.Prompts;
import com.keeptrusts.gateway.contract.Channel;
import com.keeptrusts.gateway.contract.Phase;
import com.keeptrusts.gateway.contract.TextPart;
import com.keeptrusts.gateway.contract.UserText;
import com.keeptrusts.gateway.policy.Policy;
import com.keeptrusts.gateway.policy.PolicyCatalog;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.HdrHistogram.Histogram;

/** Both input policies as plain functions, with their default settings: what a review costs by the length of the prompt. */
final class PolicyRows {

    private static final List<String> KINDS = List.of("prompt-injection", "pii-detector");

    private final List<Policy> policies;
    private long seen;

    private PolicyRows(List<Policy> policies) {
        this.policies = policies;
    }

    static List<Figure> measure(Lab lab) {
        var catalog = PolicyCatalog.installed();
        if (!catalog.kinds().containsAll(KINDS)) {
            lab.note("input policies: " + catalog.kinds() + " installed; the rows of both are left out");
            return List.of();
        }
        return new PolicyRows(KINDS.stream()
                        .map(kind -> catalog.create(kind, new JsonObject()))
                        .toList())
                .figures();
    }

    private List<Figure> figures() {
        review(1_000, 3_000);
        review(100_000, 60);
        Histogram small = review(1_000, 5_000);
        Histogram medium = review(4_000, 3_000);
        Histogram large = review(100_000, 150);
        Histogram huge = review(1 << 20, 12);
        double perByte = huge.getMean() / (1 << 20) / (large.getMean() / 100_000);
        return List.of(
                new Figure("input policies, 1 KB: p50", "µs", Budget.atMost(100, 100), micros(small, 50), tail(small)),
                new Figure(
                        "input policies, 4 KB: p99",
                        "µs",
                        Budget.atMost(1_000, 1_000),
                        micros(medium, 99),
                        tail(medium)),
                new Figure(
                        "input policies, 100 KB: p99",
                        "ms",
                        Budget.atMost(15, 15),
                        micros(large, 99) / 1e3,
                        tail(large)),
                new Figure(
                        "input policies, 1 MiB: time per byte",
                        "× that of 100 KB",
                        Budget.atMost(1.5, 1.2),
                        perByte,
                        tail(huge)));
    }

    private Histogram review(int length, int times) {
        var nanos = new Histogram(3);
        List<List<TextPart>> texts = texts(length);
        for (int i = 0; i < times; i++) {
            List<TextPart> text = texts.get(i % texts.size());
            long start = System.nanoTime();
            for (Policy policy : policies) {
                seen += policy.review(Phase.INPUT, text).coverage().charactersScanned();
            }
            nanos.recordValue(System.nanoTime() - start);
        }
        if (seen == 0) {
            throw new IllegalStateException("input policies: nothing scanned (expected: the whole text)");
        }
        return nanos;
    }

    private static List<List<TextPart>> texts(int length) {
        List<List<TextPart>> texts = new ArrayList<>();
        for (String prompt : Prompts.some(8, length)) {
            texts.add(List.of(new TextPart(0, 0, Channel.USER, "messages[0].content", new UserText(prompt))));
        }
        return texts;
    }

    private static double micros(Histogram nanos, double percentile) {
        return nanos.getValueAtPercentile(percentile) / 1e3;
    }

    private static String tail(Histogram nanos) {
        return List.of(50.0, 99.0, 100.0).stream()
                .map(p -> (p == 100 ? "max " : "p" + p.intValue() + " ") + number(micros(nanos, p)) + " µs")
                .collect(Collectors.joining(", "));
    }
}

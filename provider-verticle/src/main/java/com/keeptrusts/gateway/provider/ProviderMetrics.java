package com.keeptrusts.gateway.provider;

import com.keeptrusts.gateway.contract.Usage;
import com.keeptrusts.gateway.provider.sse.TimeInfo;
import com.keeptrusts.gateway.provider.target.TargetBoard;
import com.keeptrusts.gateway.provider.target.TargetReport;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** What is counted of the calls. Labels are target ids of the configuration and stable codes, nothing of a request. */
final class ProviderMetrics {

    private final MeterRegistry meters;
    private final TargetBoard board;
    private final Set<String> watched = new HashSet<>();

    ProviderMetrics(MeterRegistry meters, TargetBoard board) {
        this.meters = meters;
        this.board = board;
    }

    /** Shows the state of a target from now on. */
    void watch(String target) {
        if (watched.add(target)) {
            gauge("keeptrusts.provider.in.flight", target, TargetReport::inFlight);
            gauge("keeptrusts.provider.queue", target, TargetReport::waiting);
            gauge("keeptrusts.provider.concurrency.limit", target, TargetReport::limit);
            gauge("keeptrusts.provider.breaker", target, report -> switch (report.breaker()) {
                case "open" -> 2;
                case "half_open" -> 1;
                default -> 0;
            });
        }
    }

    /** One upstream call is over. */
    void called(String target, String outcome, long durationMicros) {
        meters.counter("keeptrusts.provider.calls", "target", target, "outcome", outcome)
                .increment();
        timer("keeptrusts.provider.latency", target).record(Duration.ofNanos(durationMicros * 1_000));
    }

    void began(String target, long firstByteMicros) {
        timer("keeptrusts.provider.ttft", target).record(Duration.ofNanos(firstByteMicros * 1_000));
    }

    void used(String target, @Nullable Usage usage) {
        if (usage != null) {
            tokens(target, "prompt", usage.promptTokens());
            tokens(target, "completion", usage.completionTokens());
        }
    }

    /** How long the target says it took, by phase. */
    void took(String target, @Nullable TimeInfo times) {
        if (times != null) {
            times.phases()
                    .forEach((phase, time) -> timer("keeptrusts.provider.upstream." + phase, target)
                            .record(time));
        }
    }

    void fellBack(String target, String cause) {
        meters.counter("keeptrusts.provider.fallback", "target", target, "cause", cause)
                .increment();
    }

    void retried(String target, String cause) {
        meters.counter("keeptrusts.provider.retries", "target", target, "cause", cause)
                .increment();
    }

    private void tokens(String target, String direction, long count) {
        meters.counter("keeptrusts.provider.tokens", "target", target, "direction", direction)
                .increment((double) count);
    }

    private Timer timer(String name, String target) {
        return Timer.builder(name)
                .tag("target", target)
                .publishPercentileHistogram()
                .minimumExpectedValue(Duration.ofMillis(1))
                .maximumExpectedValue(Duration.ofMinutes(1))
                .register(meters);
    }

    private void gauge(String name, String target, ToDoubleFunction<TargetReport> value) {
        Gauge.builder(
                        name,
                        board,
                        shared -> value.applyAsDouble(shared.state(target).report()))
                .tag("target", target)
                .register(meters);
    }
}

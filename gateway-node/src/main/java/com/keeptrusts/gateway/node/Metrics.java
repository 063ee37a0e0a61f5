package com.keeptrusts.gateway.node;

import com.keeptrusts.gateway.contract.Bus;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;

/** This process' meters, in Prometheus' text format. Every label has a bounded set of values. */
final class Metrics {

    private static final int MOST_TARGETS_AND_KINDS = 200;

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    Metrics() {
        for (String label : new String[] {"target", "kind"}) {
            registry.config()
                    .meterFilter(MeterFilter.maximumAllowableTags(
                            "keeptrusts", label, MOST_TARGETS_AND_KINDS, MeterFilter.deny()));
        }
        // Addresses on the bus carry node names: one series for each would grow with every restart.
        registry.config().meterFilter(MeterFilter.ignoreTags("address"));
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        bindCollector();
        FunctionCounter.builder("keeptrusts.bus.stale.dropped", Bus.class, _ -> Bus.staleDropped())
                .description("Questions dropped because they were dequeued after their deadline")
                .register(registry);
    }

    PrometheusMeterRegistry registry() {
        return registry;
    }

    String scrape() {
        return registry.scrape();
    }

    private void bindCollector() {
        var collector = new JvmGcMetrics();
        collector.bindTo(registry);
        Runtime.getRuntime().addShutdownHook(new Thread(collector::close, "gc-metrics"));
    }
}

package com.keeptrusts.gateway.simulator;

import com.keeptrusts.gateway.simulator.request.Options;
import java.util.Set;

/**
 * How a simulator is to be started.
 *
 * @param port 0 takes a free one
 * @param apiKeys the bearer keys that are accepted; empty accepts any
 * @param options wishes that hold for every answer unless the request has its own
 * @param eventLoops how many threads serve connections
 * @param requestsKept how many requests the journal holds; 0 turns it off, as a benchmark wants it
 */
public record SimulatorSettings(
        String host,
        int port,
        Persona persona,
        Set<String> apiKeys,
        Catalogue models,
        long seed,
        Options options,
        int eventLoops,
        int requestsKept,
        Tls tls) {

    public SimulatorSettings {
        apiKeys = Set.copyOf(apiKeys);
        if (port < 0 || port > 65_535 || eventLoops < 1 || requestsKept < 0) {
            throw new IllegalArgumentException("port, eventLoops, requestsKept: " + port + ", " + eventLoops + ", "
                    + requestsKept + " (expected: 0 to 65535, from 1 on, from 0 on)");
        }
    }

    /** A free port on the loopback interface, any key, the persona's own models. */
    public static SimulatorSettings of(Persona persona) {
        return new SimulatorSettings(
                "127.0.0.1", 0, persona, Set.of(), Catalogue.of(persona), 1, Options.none(), 1, 1000, Tls.OFF);
    }

    public static SimulatorSettings cerebras() {
        return of(Persona.CEREBRAS);
    }

    public static SimulatorSettings openAi() {
        return of(Persona.OPENAI);
    }

    public SimulatorSettings withAddress(String newHost, int newPort) {
        return new SimulatorSettings(
                newHost, newPort, persona, apiKeys, models, seed, options, eventLoops, requestsKept, tls);
    }

    public SimulatorSettings withApiKeys(Set<String> keys) {
        return new SimulatorSettings(host, port, persona, keys, models, seed, options, eventLoops, requestsKept, tls);
    }

    public SimulatorSettings withModels(Catalogue catalogue) {
        return new SimulatorSettings(
                host, port, persona, apiKeys, catalogue, seed, options, eventLoops, requestsKept, tls);
    }

    public SimulatorSettings withSeed(long newSeed) {
        return new SimulatorSettings(
                host, port, persona, apiKeys, models, newSeed, options, eventLoops, requestsKept, tls);
    }

    /** Adds one wish, by the name that the {@code x-sim-*} headers use. */
    public SimulatorSettings with(String option, Object value) {
        return new SimulatorSettings(
                host, port, persona, apiKeys, models, seed, options.with(option, value), eventLoops, requestsKept, tls);
    }

    public SimulatorSettings withEventLoops(int count) {
        return new SimulatorSettings(host, port, persona, apiKeys, models, seed, options, count, requestsKept, tls);
    }

    public SimulatorSettings withTls(Tls mode) {
        return new SimulatorSettings(
                host, port, persona, apiKeys, models, seed, options, eventLoops, requestsKept, mode);
    }

    public SimulatorSettings withRequestsKept(int count) {
        return new SimulatorSettings(host, port, persona, apiKeys, models, seed, options, eventLoops, count, tls);
    }
}

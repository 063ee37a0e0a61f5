package com.keeptrusts.gateway.upstreams;

import static org.assertj.core.api.Assertions.assertThat;

import com.keeptrusts.gateway.simulator.CerebrasSimulator;
import com.keeptrusts.gateway.simulator.SimulatorSettings;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The catalogue of what a target may do, each row with no other target and with one that is well. */
@Tag("P1")
@Tag("P2")
@Tag("P10")
@Tag("P14")
@Tag("P16")
class UpstreamBehavioursIT {

    @TempDir
    private static Path folder;

    private static Vertx vertx;
    private static CerebrasSimulator upstream;
    private static Door alone;
    private static Door withAnother;

    static List<Behaviour> catalogue() {
        return Stream.of(
                        Statuses.all(),
                        Bodies.all(),
                        Connections.all(),
                        Beginnings.all(),
                        Middles.all(),
                        Limits.all()) // last, for they tell to leave the target alone
                .flatMap(List::stream)
                .toList();
    }

    @BeforeAll
    static void open() throws Exception {
        vertx = Vertx.vertx();
        upstream = CerebrasSimulator.start(vertx, SimulatorSettings.cerebras().with("rate", 0))
                .await(30, TimeUnit.SECONDS);
        Set<String> ids = new HashSet<>();
        for (Behaviour behaviour : catalogue()) {
            assertThat(ids.add(behaviour.id())).as(behaviour.id()).isTrue();
            upstream.script(behaviour.id(), behaviour.script());
        }
        alone = Door.open(folder.resolve("alone"), upstream, Door.Pack.PLAIN, false);
        withAnother = Door.open(folder.resolve("with-another"), upstream, Door.Pack.PLAIN, true);
    }

    @AfterAll
    static void close() throws Exception {
        alone.close();
        withAnother.close();
        vertx.close().await(30, TimeUnit.SECONDS);
    }

    @ParameterizedTest
    @MethodSource("catalogue")
    void aTargetAloneIsToldTruthfully(Behaviour behaviour) throws Exception {
        Heard heard = alone.ask(behaviour);

        behaviour.alone().check(heard);
        assertThat(heard.body()).doesNotContain(Answers.SECRET);
    }

    @Test
    void aRefusalTellsTheClientItsLimits() throws Exception {
        String headers = String.join(
                "\r\n",
                "x-ratelimit-limit-tokens-minute: 60000",
                "x-request-id: u-1",
                "set-cookie: a=b",
                "retry-after: 9",
                "x-should-retry: false",
                "");
        Behaviour full = Behaviour.stays(
                false,
                "limits told",
                Answers.status(429, headers, ""),
                Expected.tryAgain(429, "upstream_rate_limit").after("9"));
        upstream.script(full.id(), full.script());

        Heard heard = alone.ask(full);

        full.alone().check(heard);
        assertThat(heard.header("x-ratelimit-limit-tokens-minute")).isEqualTo("60000");
        assertThat(heard.header("x-upstream-request-id")).isEqualTo("u-1");
        assertThat(heard.header("set-cookie")).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("catalogue")
    void anotherTargetAnswersWhereTheFirstHasNotBegun(Behaviour behaviour) throws Exception {
        Heard heard = withAnother.ask(behaviour);

        behaviour.checkBesideAnother(heard);
        assertThat(heard.body()).doesNotContain(Answers.SECRET);
    }
}

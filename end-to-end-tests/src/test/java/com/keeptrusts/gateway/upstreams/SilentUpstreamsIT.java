package com.keeptrusts.gateway.upstreams;

import com.keeptrusts.gateway.simulator.CerebrasSimulator;
import com.keeptrusts.gateway.simulator.SimulatorSettings;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Targets that hold the line and say no more. All are asked at once, for there is much waiting. */
@Tag("P6")
@Tag("P7")
class SilentUpstreamsIT {

    private static final Door.Pack HASTY =
            new Door.Pack("audit-logger", "first_token_ms: 1000, json_ms: 1000, idle_ms: 700", "");

    private static final List<Behaviour> CATALOGUE = Silences.all();
    private static final Map<Behaviour, Future<Heard>> ALONE = new HashMap<>();
    private static final Map<Behaviour, Future<Heard>> WITH_ANOTHER = new HashMap<>();

    @TempDir
    private static Path folder;

    private static Vertx vertx;
    private static Door alone;
    private static Door withAnother;
    private static ExecutorService callers;

    static List<Behaviour> catalogue() {
        return CATALOGUE;
    }

    @BeforeAll
    static void askAll() throws Exception {
        vertx = Vertx.vertx();
        CerebrasSimulator upstream = CerebrasSimulator.start(
                        vertx, SimulatorSettings.cerebras().with("rate", 0))
                .await(30, TimeUnit.SECONDS);
        CATALOGUE.forEach(behaviour -> upstream.script(behaviour.id(), behaviour.script()));
        alone = Door.open(folder.resolve("alone"), upstream, HASTY, false);
        withAnother = Door.open(folder.resolve("with-another"), upstream, HASTY, true);
        callers = Executors.newVirtualThreadPerTaskExecutor();
        for (Behaviour behaviour : CATALOGUE) {
            ALONE.put(behaviour, callers.submit(() -> alone.ask(behaviour)));
            WITH_ANOTHER.put(behaviour, callers.submit(() -> withAnother.ask(behaviour)));
        }
    }

    @AfterAll
    static void close() throws Exception {
        callers.close();
        alone.close();
        withAnother.close();
        vertx.close().await(30, TimeUnit.SECONDS);
    }

    @ParameterizedTest
    @MethodSource("catalogue")
    void aTargetAloneIsGivenUpInTime(Behaviour behaviour) throws Exception {
        behaviour.alone().check(heard(ALONE, behaviour));
    }

    @ParameterizedTest
    @MethodSource("catalogue")
    void anotherTargetAnswersWhereTheFirstHasNotBegun(Behaviour behaviour) throws Exception {
        behaviour.checkBesideAnother(heard(WITH_ANOTHER, behaviour));
    }

    private static Heard heard(Map<Behaviour, Future<Heard>> answers, Behaviour behaviour) throws Exception {
        return Objects.requireNonNull(answers.get(behaviour)).get(20, TimeUnit.SECONDS);
    }
}

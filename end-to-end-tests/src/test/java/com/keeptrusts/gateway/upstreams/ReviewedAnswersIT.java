package com.keeptrusts.gateway.upstreams;

import static com.keeptrusts.gateway.upstreams.Answers.DONE;
import static com.keeptrusts.gateway.upstreams.Answers.FINISH;
import static com.keeptrusts.gateway.upstreams.Answers.OK;
import static com.keeptrusts.gateway.upstreams.Answers.ROLE;
import static com.keeptrusts.gateway.upstreams.Answers.TOKEN;
import static com.keeptrusts.gateway.upstreams.Answers.chunk;
import static com.keeptrusts.gateway.upstreams.Answers.events;
import static com.keeptrusts.gateway.upstreams.Behaviour.stays;
import static com.keeptrusts.gateway.upstreams.Expected.tryAgain;
import static org.assertj.core.api.Assertions.assertThat;

import com.keeptrusts.gateway.simulator.CerebrasSimulator;
import com.keeptrusts.gateway.simulator.SimulatorSettings;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Behind a policy that reads answers, what nobody can read is no answer; and no answer is longer than configured. */
class ReviewedAnswersIT {

    private static final int MOST = 4_000;
    private static final Door.Pack REVIEWED =
            new Door.Pack("pii-detector, audit-logger", "", "size_limits: {max_response_bytes: " + MOST + "}");
    private static final String UNREADABLE = "upstream_invalid_stream";
    private static final String LONG = "x".repeat(MOST);

    @TempDir
    private static Path folder;

    private static Vertx vertx;
    private static Door door;

    static List<Behaviour> catalogue() {
        String whole = ROLE + TOKEN + ": x\n\n" + FINISH + DONE;
        return List.of(
                stays(true, "well", events(whole), Expected.events(whole)),
                stays(true, "crlf", events(whole.replace("\n", "\r\n")), Expected.events(whole.replace("\n", "\r\n"))),
                stays(true, "malformed", events(TOKEN + "data: {\"choices\":[\n\n" + FINISH + DONE), broken()),
                stays(true, "empty data", events(TOKEN + "data:\n\n" + FINISH + DONE), broken()),
                stays(true, "no choices", events(TOKEN + "data: {\"x\":\"a text\"}\n\n" + FINISH + DONE), broken()),
                stays(
                        true,
                        "a text that is a list",
                        events(TOKEN + chunk("{\"index\":0,\"delta\":{\"content\":[\"a\"]}}", "") + FINISH + DONE),
                        broken()),
                stays(
                        true,
                        "several lines",
                        events(TOKEN + TOKEN.replace("\"object\"", "\ndata: \"object\"") + FINISH),
                        broken()),
                stays(
                        true,
                        "error",
                        events(TOKEN + "data: {\"error\":{\"message\":\"m\"}}\n\n"),
                        new Expected.Break(TOKEN, "upstream_error")),
                stays(true, "closed", events(TOKEN), new Expected.Break(TOKEN, "upstream_truncated")),
                stays(
                        true,
                        "too long",
                        events(TOKEN + TOKEN.replace("yes", LONG) + FINISH + DONE),
                        tryAgain(502, "upstream_error")),
                stays(false, "whole", Answers.ok(OK), Expected.json(OK)),
                stays(false, "too long", Answers.ok(OK.replace("yes", LONG)), tryAgain(502, "upstream_error")),
                stays(
                        false,
                        "message that is a text",
                        Answers.ok(OK.replaceFirst("\\{\"role.*?\\}", "\"a\"")),
                        tryAgain(502, UNREADABLE)));
    }

    @BeforeAll
    static void open() throws Exception {
        vertx = Vertx.vertx();
        CerebrasSimulator upstream =
                CerebrasSimulator.start(vertx, SimulatorSettings.cerebras()).await(30, TimeUnit.SECONDS);
        catalogue().forEach(behaviour -> upstream.script(behaviour.id(), behaviour.script()));
        door = Door.open(folder, upstream, REVIEWED, false);
    }

    @AfterAll
    static void close() throws Exception {
        door.close();
        vertx.close().await(30, TimeUnit.SECONDS);
    }

    @ParameterizedTest
    @MethodSource("catalogue")
    @Tag("P12")
    void whatCannotBeReadDoesNotLeave(Behaviour behaviour) throws Exception {
        Heard heard = door.ask(behaviour);

        behaviour.alone().check(heard);
        assertThat(heard.body()).doesNotContain(LONG);
    }

    /** The policy waits for the next word before it lets the first one go, so there is a status to tell it with. */
    private static Expected broken() {
        return tryAgain(502, UNREADABLE);
    }
}

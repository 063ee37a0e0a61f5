package com.keeptrusts.gateway.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.keeptrusts.gateway.journeys.Await;
import com.keeptrusts.gateway.journeys.LiveGateway;
import com.keeptrusts.gateway.simulator.CerebrasSimulator;
import com.keeptrusts.gateway.simulator.observe.RecordedRequest;
import com.keeptrusts.gateway.simulator.script.Script;
import com.keeptrusts.gateway.simulator.script.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** One gateway for the tests of a class, before a simulator that forgets everything between two tests. */
final class GatewayUnderTest implements BeforeAllCallback, BeforeEachCallback, AfterAllCallback {

    /** Name of the script that {@link #streamed} and the others play. */
    private static final String SCRIPT = "x-sim-script: answer";

    private final @Nullable String config;
    private final @Nullable Function<CerebrasSimulator, String> located;
    private @Nullable LiveGateway gateway;
    private @Nullable Path folder;

    private GatewayUnderTest(@Nullable String config, @Nullable Function<CerebrasSimulator, String> located) {
        this.config = config;
        this.located = located;
    }

    static GatewayUnderTest with(String config) {
        return new GatewayUnderTest(config, null);
    }

    /** With a configuration that says where its targets are. */
    static GatewayUnderTest located(Function<CerebrasSimulator, String> config) {
        return new GatewayUnderTest(null, config);
    }

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        Path fresh = Files.createTempDirectory("conformance");
        folder = fresh;
        gateway = located == null
                ? LiveGateway.start(fresh, Objects.requireNonNull(config))
                : LiveGateway.start(fresh, located);
    }

    @Override
    public void beforeEach(ExtensionContext context) throws Exception {
        Await.until(() -> upstream().counters().streamsRunning() == 0); // else their ends were counted as this test's
        upstream().reset();
        Await.until(this::ready); // what a test before took away may not be back yet
    }

    /** As every instance says: they take the connections in turns. */
    private boolean ready() throws IOException {
        for (int i = 0; i < 2 * Runtime.getRuntime().availableProcessors(); i++) {
            if (ask("GET", "/readyz").status() != 200) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void afterAll(ExtensionContext context) throws Exception {
        live().close();
        try (Stream<Path> files = Files.walk(Objects.requireNonNull(folder))) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    LiveGateway live() {
        return Objects.requireNonNull(gateway);
    }

    CerebrasSimulator upstream() {
        return live().upstream();
    }

    int port() {
        return live().node().port();
    }

    LedgerOutcomes ledger() {
        return new LedgerOutcomes(Objects.requireNonNull(folder).resolve("data"));
    }

    RawConnection connect() throws IOException {
        return new RawConnection(port());
    }

    /** One call on a connection of its own. */
    Answer post(String path, byte[] body, String... headers) throws IOException {
        try (RawConnection connection = connect()) {
            connection.post(path, body, headers);
            return connection.read();
        }
    }

    Answer chat(String body, String... headers) throws IOException {
        return post(RawConnection.CHAT, body.getBytes(UTF_8), headers);
    }

    /** One request without a body, on a connection of its own. */
    Answer ask(String method, String path, String... headers) throws IOException {
        try (RawConnection connection = connect()) {
            connection.write(
                    method + " " + path + " HTTP/1.1\r\nhost: test\r\n" + RawConnection.lines(headers) + "\r\n");
            return connection.read();
        }
    }

    /** A plain question, answered by a stream of these bytes. */
    Answer streamed(String... writes) throws IOException {
        return played(Script.body(steps(writes)), Chats.STREAMED);
    }

    /** A plain question, answered by a JSON body. */
    Answer whole(String json) throws IOException {
        return played(new Script(false, 200, "application/json", List.of(Script.write(json))), Chats.PLAIN);
    }

    /** A request, answered by a script. */
    Answer played(Script script, String body, String... headers) throws IOException {
        return chat(body, play(script, headers));
    }

    /** Makes a script known; gives the headers of the request that is answered by it. */
    String[] play(Script script, String... headers) {
        upstream().script("answer", script);
        return Stream.concat(Stream.of(SCRIPT), Stream.of(headers)).toArray(String[]::new);
    }

    /** What the provider got last. */
    RecordedRequest forwarded() {
        return upstream().requests().getLast();
    }

    /** Each text a write of its own. */
    static Step[] steps(String... writes) {
        return Stream.of(writes)
                .flatMap(text -> Stream.of(Script.write(text), new Step.Flush()))
                .toArray(Step[]::new);
    }
}

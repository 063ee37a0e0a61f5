package com.keeptrusts.gateway.provider;

import static com.keeptrusts.gateway.provider.Conductor.KEYS;
import static com.keeptrusts.gateway.provider.Conductor.providers;
import static com.keeptrusts.gateway.provider.Conductor.target;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import com.keeptrusts.gateway.contract.CompletionCall;
import com.keeptrusts.gateway.contract.ErrorCode;
import com.keeptrusts.gateway.provider.Conductor.Answer;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.dns.AddressResolverOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.JksOptions;
import io.vertx.core.net.NetServer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConnectionTest {

    private static final String OK = "{\"choices\":[]}";
    private static final String ONCE = ",\"retry\":{\"max_retries\":0}";

    @TempDir
    private static Path keys;

    private Vertx vertx;

    /** An authority in "trust", and in "server" certificates that it signed. */
    @BeforeAll
    static void sign() throws Exception {
        keytool("server", "-genkeypair", "-alias", "ca", "-keyalg", "EC", "-dname", "CN=ca", "-ext", "bc:c");
        certify("good", "SAN=dns:localhost", "-1d");
        certify("other", "SAN=dns:other.example", "-1d");
        certify("expired", "SAN=dns:localhost", "-10d");
        String certificate = keys.resolve("ca.crt").toString();
        keytool("server", "-exportcert", "-alias", "ca", "-file", certificate);
        keytool("trust", "-importcert", "-alias", "ca", "-file", certificate, "-noprompt");
    }

    @BeforeEach
    void open() {
        vertx = Vertx.vertx(new VertxOptions()
                .setAddressResolverOptions(new AddressResolverOptions()
                        .setHostsValue(Buffer.buffer("127.0.0.1 localhost\n127.0.0.1 inside.example\n"))));
    }

    @AfterEach
    void close() throws Exception {
        vertx.close().await(10, SECONDS);
    }

    @Test
    @Tag("P5")
    void aNameThatLeadsInsideIsRefusedBeforeAnythingIsSent() throws Exception {
        ScriptedUpstream upstream = ScriptedUpstream.start(vertx);
        String target = target(
                        "t",
                        "acme",
                        upstream.port(),
                        ",\"secret_key_ref\":{\"env\":\"OPENAI_API_KEY\"},\"allow_http\":true")
                .replace("127.0.0.1", "inside.example");
        Conductor conductor = Conductor.of(vertx, providers(target, ONCE));

        Answer answer = conductor.complete(conductor.call("{\"model\":\"m\"}", false));

        assertThat(answer.failed().failure().code()).isEqualTo(ErrorCode.UPSTREAM_UNREACHABLE);
        assertThat(cause(answer)).isEqualTo("ssrf_blocked");
        assertThat(upstream.connections()).isZero();
    }

    @Test
    @Tag("P5")
    void aNameThatLeadsNowhereIsUnreachable() throws Exception {
        String target = target("t", "cerebras", 1, ",\"allow_http\":true").replace("127.0.0.1", "nowhere.invalid");
        Conductor conductor = Conductor.of(vertx, providers(target, ONCE));

        Answer answer = conductor.complete(conductor.call("{\"model\":\"m\"}", false));

        assertThat(cause(answer)).isIn("dns", "connect_timeout");
    }

    @Test
    void aCertificateThatIsTrustedIsTaken() throws Exception {
        HttpServer server = tls("good");

        assertThat(secure(server.actualPort(), store("trust")).text()).isEqualTo(OK);
    }

    @ParameterizedTest
    @CsvSource({"good, false, tls_untrusted", "other, true, tls_wrong_name", "expired, true, tls_expired"})
    @Tag("P4")
    void aCertificateThatIsNotInOrderIsRefused(String certificate, boolean trusted, String cause) throws Exception {
        HttpServer server = tls(certificate);

        Answer answer = secure(server.actualPort(), trusted ? store("trust") : null);

        assertThat(answer.failed().failure().code()).isEqualTo(ErrorCode.UPSTREAM_UNREACHABLE);
        assertThat(cause(answer)).isEqualTo(cause);
        assertThat(answer.failed().attempts()).hasSize(1);
    }

    @Test
    @Tag("P4")
    void aTargetThatSpeaksNoTlsIsRefused() throws Exception {
        NetServer server = vertx.createNetServer()
                .connectHandler(socket -> socket.write("HTTP/1.1 400 Bad Request\r\n\r\n"))
                .listen(0, "127.0.0.1")
                .await(5, SECONDS);

        Answer answer = secure(server.actualPort(), null);

        assertThat(cause(answer)).isEqualTo("tls_handshake");
    }

    @Test
    @Tag("P4")
    void aTargetThatAcceptsAndSaysNothingIsGivenUpInTime() throws Exception {
        NetServer server = vertx.createNetServer()
                .connectHandler(_ -> {})
                .listen(0, "127.0.0.1")
                .await(5, SECONDS);
        String target = target("t", "cerebras:chat:m", server.actualPort(), ",\"timeouts\":{\"connect_ms\":300}")
                .replace("http://127.0.0.1", "https://localhost");
        Conductor conductor = Conductor.of(vertx, providers(target, ONCE));

        Answer answer = conductor.complete(conductor.call("{\"model\":\"m\"}", false));

        assertThat(cause(answer)).isEqualTo("connect_timeout");
    }

    @Test
    @Tag("P18")
    void whatFollowsAnAnswerUnaskedIsNeverAnotherCallsAnswer() throws Exception {
        ScriptedUpstream upstream = ScriptedUpstream.start(vertx);
        Conductor conductor = Conductor.of(vertx, providers(target("t", "cerebras:chat:m", upstream.port(), ""), ONCE));
        String evil = "HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\nevil";

        CompletionCall one = conductor.call("{\"model\":\"m\"}", false);
        conductor.ask(one);
        upstream.next()
                .write("HTTP/1.1 200 OK\r\ncontent-length: " + OK.length() + "\r\n\r\n" + OK + evil)
                .awaitClose();
        assertThat(conductor.answer(one).text()).isEqualTo(OK);
        CompletionCall two = conductor.call("{\"model\":\"m\"}", false);
        conductor.ask(two);
        upstream.next().json(200, "", "{\"choices\":[ ]}");

        assertThat(conductor.answer(two).text()).isEqualTo("{\"choices\":[ ]}");
    }

    @Test
    @Tag("P18")
    void nonsenseOnAUsedConnectionIsNotAskedForTwice() throws Exception {
        ScriptedUpstream upstream = ScriptedUpstream.start(vertx);
        Conductor conductor = Conductor.of(vertx, providers(target("t", "cerebras:chat:m", upstream.port(), ""), ONCE));
        CompletionCall warm = conductor.call("{\"model\":\"m\"}", false);
        conductor.ask(warm);
        upstream.next().json(200, "", OK);
        conductor.answer(warm);

        CompletionCall call = conductor.call("{\"model\":\"m\"}", false);
        conductor.ask(call);
        upstream.next().write("220 mail.example ESMTP\r\n\r\n");
        Answer answer = conductor.answer(call);

        assertThat(answer.failed().failure().code()).isEqualTo(ErrorCode.UPSTREAM_UNREACHABLE);
        assertThat(answer.failed().attempts()).hasSize(1);
        assertThat(upstream.isIdle()).isTrue();
    }

    @Test
    @Tag("P17")
    void anAnswerBeforeTheRequestIsReadIsAnAnswer() throws Exception {
        String refusal = "{\"message\":\"too large\"}";
        NetServer server = vertx.createNetServer()
                .connectHandler(socket -> socket.handler(_ -> {
                    socket.pause();
                    socket.write("HTTP/1.1 413 X\r\ncontent-length: " + refusal.length() + "\r\n\r\n" + refusal);
                }))
                .listen(0, "127.0.0.1")
                .await(5, SECONDS);
        Conductor conductor =
                Conductor.of(vertx, providers(target("t", "cerebras:chat:m", server.actualPort(), ""), ONCE));
        String large = "{\"model\":\"m\",\"user\":\"" + "x".repeat(8 * 1024 * 1024) + "\"}";

        Answer answer = conductor.complete(conductor.call(large, false));

        assertThat(answer.failed().failure().code()).isEqualTo(ErrorCode.UPSTREAM_REQUEST_TOO_LARGE);
    }

    private Answer secure(int port, @Nullable JksOptions trust) throws Exception {
        String target = target("t", "cerebras:chat:m", port, "").replace("http://127.0.0.1", "https://localhost");
        Conductor conductor = Conductor.trusting(vertx, providers(target, ""), KEYS, trust);
        return conductor.complete(conductor.call("{\"model\":\"m\"}", false));
    }

    private HttpServer tls(String certificate) throws Exception {
        var options = new HttpServerOptions()
                .setSsl(true)
                .setKeyCertOptions(store("server").setAlias(certificate));
        return vertx.createHttpServer(options)
                .requestHandler(request -> request.response().end(OK))
                .listen(0, "127.0.0.1")
                .await(5, SECONDS);
    }

    private static void certify(String alias, String name, String begin) throws Exception {
        keytool(
                "server",
                "-genkeypair",
                "-alias",
                alias,
                "-keyalg",
                "EC",
                "-dname",
                "CN=leaf",
                "-ext",
                name,
                "-signer",
                "ca",
                "-startdate",
                begin,
                "-validity",
                "5");
    }

    private static void keytool(String store, String... arguments) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(Arrays.asList(arguments));
        command.addAll(List.of("-keystore", path(store), "-storepass", "changeit"));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
    }

    private static JksOptions store(String name) {
        return new JksOptions().setPath(path(name)).setPassword("changeit");
    }

    private static String path(String store) {
        return keys.resolve(store + ".p12").toString();
    }

    private static @Nullable String cause(Answer answer) {
        return answer.failed().attempts().getLast().cause();
    }
}

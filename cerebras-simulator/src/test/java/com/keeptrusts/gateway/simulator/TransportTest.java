package com.keeptrusts.gateway.simulator;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@ExtendWith(VertxExtension.class)
class TransportTest {

    private static CerebrasSimulator started(Vertx vertx, Tls tls) throws Exception {
        var settings = SimulatorSettings.cerebras()
                .withTls(tls)
                .with("rate", 0)
                .with("ttft_ms", 0)
                .with("tokens", 2000);
        return CerebrasSimulator.start(vertx, settings).await(10, SECONDS);
    }

    private static HttpResponse<String> ask(CerebrasSimulator simulator, String... headers) throws Exception {
        var trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry(
                "simulator",
                CertificateFactory.getInstance("X.509")
                        .generateCertificate(new ByteArrayInputStream(
                                simulator.authorityPem().getBytes(StandardCharsets.US_ASCII))));
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        var tls = SSLContext.getInstance("TLS");
        tls.init(null, trust.getTrustManagers(), null);
        var request = HttpRequest.newBuilder(URI.create(simulator.baseUrl() + "/v1/chat/completions"))
                .header("authorization", "Bearer any")
                .POST(HttpRequest.BodyPublishers.ofString(Caller.streamed("")));
        for (int at = 0; at < headers.length; at += 2) {
            request.header(headers[at], headers[at + 1]);
        }
        try (HttpClient client = HttpClient.newBuilder().sslContext(tls).build()) {
            return client.send(request.build(), BodyHandlers.ofString());
        }
    }

    @Test
    void overTlsAStreamComesByHttp2(Vertx vertx) throws Exception {
        var response = ask(started(vertx, Tls.SELF_SIGNED));

        assertThat(response.version()).isEqualTo(HttpClient.Version.HTTP_2);
        assertThat(response.body().split("\n\n", -1)).hasSize(1 + 2000 + 1 + 1 + 1);
        assertThat(response.body()).endsWith("data: [DONE]\n\n");
    }

    @Test
    void anHttp2StreamCanBeResetInTheMiddle(Vertx vertx) throws Exception {
        var simulator = started(vertx, Tls.SELF_SIGNED);

        assertThatThrownBy(() -> ask(simulator, "x-sim-cut-after-events", "3", "x-sim-cut", "rst"))
                .isInstanceOf(IOException.class);
    }

    @ParameterizedTest
    @EnumSource(names = {"EXPIRED", "WRONG_NAME"})
    void aFlawedCertificateIsNotAccepted(Tls flaw, Vertx vertx) throws Exception {
        var simulator = started(vertx, flaw);

        assertThatThrownBy(() -> ask(simulator)).isInstanceOf(SSLHandshakeException.class);
    }

    @Test
    void aHandshakeCanBeReset(Vertx vertx) throws Exception {
        var simulator = started(vertx, Tls.RESET);

        assertThatThrownBy(() -> ask(simulator)).isInstanceOf(IOException.class);
    }

    @Test
    void duringAnOutageConnectionsAreRefusedAndAfterwardsTheyAreNot(Vertx vertx) throws Exception {
        var simulator = started(vertx, Tls.OFF);

        simulator.outage(Duration.ofMillis(300)).await(5, SECONDS);

        assertThatThrownBy(() -> new RawCall(simulator.port(), Caller.HELLO).close())
                .isInstanceOf(ConnectException.class);
        Eventually.holds(() -> accepts(simulator.port()));
    }

    private static boolean accepts(int port) {
        try (var call = new RawCall(port, Caller.HELLO)) {
            return call.until("HTTP/1.1 200").endsWith("200");
        } catch (IOException e) {
            return false;
        }
    }
}

package com.keeptrusts.gateway.node.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AdminClientTest {

    private HttpServer server;
    private volatile int status;
    private volatile String body = "";
    private AdminClient client;

    @BeforeEach
    void open() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(status, body.length());
            try (var out = exchange.getResponseBody()) {
                out.write(body.getBytes(UTF_8));
            }
        });
        server.start();
        client = new AdminClient("http://127.0.0.1:" + server.getAddress().getPort());
    }

    @AfterEach
    void close() {
        server.stop(0);
    }

    @Test
    void theClusterIsWhatTheNodeTells() throws Exception {
        answers(200, "{\"nodes\":1,\"workers\":[]}");

        assertThat(client.cluster().getInteger("nodes")).isEqualTo(1);
    }

    @Test
    void whatIsNoClusterIsSaidInWords() {
        answers(503, "{\"error\":\"still starting\"}");
        assertThatIOException()
                .isThrownBy(client::cluster)
                .withMessageContaining("answers with status 503: still starting (expected: a running gateway's");

        answers(404, "{}");
        assertThatIOException().isThrownBy(client::cluster).withMessageContaining("status 404: no list of workers");

        answers(200, "<html></html>");
        assertThatIOException().isThrownBy(client::cluster).withMessageContaining("status 200: no JSON document");
    }

    private void answers(int nextStatus, String nextBody) {
        status = nextStatus;
        body = nextBody;
    }
}

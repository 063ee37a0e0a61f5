package com.keeptrusts.gateway.journeys;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.keeptrusts.gateway.audit.read.EventQuery;
import com.keeptrusts.gateway.audit.read.LedgerReader;
import com.keeptrusts.gateway.node.HostPort;
import com.keeptrusts.gateway.node.Node;
import com.keeptrusts.gateway.node.NodeOptions;
import com.keeptrusts.gateway.node.Roles;
import io.vertx.core.json.JsonObject;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Answers larger than what may be held at a time, readers that do not read, and no writer to record them. */
@Tag("P13")
class LargeAnswersIT {

    private static final int ENTRIES = 24_000;
    private static final int STALLED = 3;

    @TempDir
    private Path folder;

    @BeforeEach
    void fill() throws Exception {
        FilledLedger.write(folder.resolve("data/audit/old-writer"), ENTRIES);
    }

    @Test
    void aLargeAnswerIsWholeAndEachPartOfItIsRecordedBeforeItLeaves() throws Exception {
        Node node = node("audit");
        try {
            var pages = new LedgerPages(node.adminPort());
            Await.until(() -> pages.get("/events?limit=1").statusCode() == 200);

            HttpResponse<String> answer = pages.get("/events?until=2026-03-02T00:00:00Z&limit=100000");

            assertThat(answer.body().lines().filter(line -> line.contains("\"rid\":\"old-")))
                    .hasSize(ENTRIES);
            List<JsonObject> parts =
                    reads().stream().filter(read -> read.containsKey("part")).toList();
            assertThat(parts).hasSizeGreaterThan(2);
            assertThat(parts).extracting(part -> part.getInteger("part")).containsExactly(0, 1, 2, 3);
            assertThat(parts.stream()
                            .mapToInt(part -> part.getInteger("entries"))
                            .sum())
                    .isEqualTo((int) answer.body().lines().count());
            assertThat(parts.getLast().getBoolean("last")).isTrue();
        } finally {
            node.stop().await(60, TimeUnit.SECONDS);
        }
    }

    @Test
    void readersThatDoNotReadHoldUpNobodyElse() throws Exception {
        Node node = node("audit");
        var stalled = new ArrayList<Socket>();
        try {
            var pages = new LedgerPages(node.adminPort());
            Await.until(() -> pages.get("/events?limit=1").statusCode() == 200);
            for (int i = 0; i < STALLED; i++) {
                stalled.add(stall(node.adminPort()));
            }

            Await.until(() -> pages.get("/events?limit=1").statusCode() == 503);
            HttpResponse<String> refused = pages.get("/events?limit=1");
            assertThat(new JsonObject(refused.body()).getString("code")).isEqualTo("busy");
            assertThat(refused.headers().firstValue("retry-after")).hasValue("1");
            assertThat(pages.get("/requests/old-7").statusCode()).isEqualTo(200);

            for (Socket one : stalled) {
                one.close();
            }
            Await.until(() -> pages.get("/events?limit=1").statusCode() == 200);
        } finally {
            node.stop().await(60, TimeUnit.SECONDS);
        }
    }

    @Test
    void whatNobodyCanRecordIsNotShown() throws Exception {
        Node node = node("provider");
        try {
            var pages = new LedgerPages(node.adminPort());
            for (String path :
                    List.of("/events", "/requests/old-7", "/requests/old-7/proof", "/logs/old-writer/checkpoint")) {
                HttpResponse<String> answer = pages.get(path);

                assertThat(answer.statusCode()).as(path).isEqualTo(503);
                assertThat(new JsonObject(answer.body()).getString("code")).isEqualTo("audit_unavailable");
                assertThat(answer.body()).doesNotContain("xxxx", "n1/audit");
            }
            assertThat(new Kt().events("verify", pages.url()).code()).isEqualTo(2);
        } finally {
            node.stop().await(60, TimeUnit.SECONDS);
        }
    }

    private Node node(String role) throws Exception {
        var options = new NodeOptions(
                new HostPort("127.0.0.1", 0),
                new HostPort("127.0.0.1", 0),
                List.of(),
                false,
                0,
                Roles.parse(role, List.of()),
                Map.of(),
                null,
                folder.resolve("data"),
                null,
                Duration.ofSeconds(5),
                _ -> null);
        return Node.start(options).await(60, TimeUnit.SECONDS);
    }

    /** Asks for everything and reads only that the answer began. */
    private static Socket stall(int port) throws Exception {
        var socket = new Socket();
        socket.setReceiveBufferSize(4_096);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        socket.getOutputStream()
                .write("GET /keeptrusts/audit/events?limit=100000 HTTP/1.1\r\nhost: x\r\n\r\n".getBytes(ISO_8859_1));
        assertThat(new String(socket.getInputStream().readNBytes(12), ISO_8859_1))
                .isEqualTo("HTTP/1.1 200");
        return socket;
    }

    private List<JsonObject> reads() throws Exception {
        var found = new ArrayList<JsonObject>();
        try (LedgerReader reader = LedgerReader.open(folder.resolve("data/audit/writer-0"))) {
            reader.read(EventQuery.ALL, entry -> {
                if (entry.head().type().equals("audit.read")) {
                    found.add(new JsonObject(entry.leaf().toUtf8()).getJsonObject("read"));
                }
            });
        }
        return found;
    }
}

package com.keeptrusts.gateway.journeys;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.SimpleFileServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A log that a web server of somebody else serves, which knows nothing of it but its files. */
class RemoteVerificationIT {

    private static final int ENTRIES = 1_000;

    @TempDir
    private Path folder;

    private Path log = Path.of("unset");
    private HttpServer server;
    private String url = "";

    RemoteVerificationIT() throws IOException {
        server = HttpServer.create();
    }

    @BeforeEach
    void serve() throws Exception {
        log = folder.resolve("log");
        FilledLedger.write(log, ENTRIES);
        server = SimpleFileServer.createFileServer(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), log, SimpleFileServer.OutputLevel.NONE);
        server.start();
        url = "http://127.0.0.1:" + server.getAddress().getPort();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void whatIsServedIsVerifiedAndACopyCanBeKept() throws Exception {
        Path copy = folder.resolve("copy");

        Kt.Done done = new Kt().events("verify", url, "--keep", copy.toString());

        assertThat(done.text()).contains("copied log: 1001 signed entries", "integrity: whole");
        assertThat(done.code()).isZero();
        assertThat(new Kt().events("verify", copy.toString()).code()).isZero();
        assertThat(new Kt()
                        .events("show", "old-7", "--data-dir", copy.toString())
                        .text())
                .contains("complete: 1 of 1 records");
    }

    @Test
    void anEditedEntryIsNamed() throws Exception {
        Path bundle = log.resolve("tile/entries/001");
        String bytes = Files.readString(bundle, ISO_8859_1);
        Files.writeString(bundle, bytes.replace("\"old-300\"", "\"old-3O0\""), ISO_8859_1);

        Kt.Done done = new Kt().events("verify", url);

        assertThat(done.code()).isEqualTo(1);
        assertThat(done.text()).contains("first bad entry 301");
    }

    @Test
    void whatIsMissingIsNamed() throws Exception {
        Files.delete(log.resolve("tile/entries/002"));

        Kt.Done done = new Kt().events("verify", url);

        assertThat(done.code()).isEqualTo(1);
        assertThat(done.text()).contains("first bad entry 512");
    }

    @Test
    void anOlderCheckpointThatWasKeptElsewhereContradictsARollback() throws Exception {
        Path kept = Files.copy(log.resolve("checkpoint"), folder.resolve("kept"));
        Files.delete(log.resolve("log.json"));
        try (var files = Files.walk(log)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
        FilledLedger.write(log, 10);

        assertThat(new Kt().events("verify", url).code()).isZero();
        assertThat(new Kt().events("verify", url, "--since", kept.toString()).code())
                .isEqualTo(1);
    }

    @Test
    void aServerThatClaimsTooMuchIsGivenUp() throws Exception {
        String note = Files.readString(log.resolve("checkpoint"));
        Files.writeString(log.resolve("checkpoint"), note.replaceFirst("\n1001\n", "\n4611686018427387904\n"), UTF_8);

        assertThat(new Kt().events("verify", url).code()).isEqualTo(2);

        Files.writeString(log.resolve("checkpoint"), note.replaceFirst("\n1001\n", "\n100100100\n"), UTF_8);
        assertThat(new Kt().events("verify", url).text()).contains("is not there, as 1000 others");
    }
}

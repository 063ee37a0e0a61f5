package com.keeptrusts.gateway.audit.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.keeptrusts.gateway.audit.Entries;
import com.keeptrusts.gateway.audit.ledger.TestLedger;
import com.keeptrusts.gateway.contract.AppendAnswer.Appended;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With TLS, the server must be the one that the certificates are for, or nothing is said to it. */
class PostgresTlsTest {

    @TempDir
    private static Path certificates;

    private static TestDatabase database;
    private static TestCertificate right;
    private static TestCertificate unknown;
    private static TestCertificate otherHost;

    @TempDir
    private Path data;

    @BeforeAll
    static void startServer() throws Exception {
        right = TestCertificate.make(certificates, "right", "IP:127.0.0.1");
        unknown = TestCertificate.make(certificates, "unknown", "IP:127.0.0.1");
        otherHost = TestCertificate.make(certificates, "other-host", "DNS:db.example");
        database = TestDatabase.start();
    }

    @AfterAll
    static void stopServer() throws Exception {
        database.close();
    }

    @Test
    void entriesAreStoredOverAnEncryptedConnection() throws Exception {
        serveWith(right);

        try (TestLedger ledger = open(right)) {
            assertThat(ledger.append(Entries.accepted("r-1"))).isInstanceOf(Appended.class);
            assertThat(database.count("select count(*) from pg_stat_ssl s join pg_stat_activity a on a.pid = s.pid"
                            + " where a.application_name = 'keeptrusts audit' and not s.ssl"))
                    .isZero();
        }
    }

    @Test
    void aServerWithAnotherCertificateIsRefused() throws Exception {
        serveWith(unknown);

        assertThatThrownBy(() -> open(right)).isInstanceOf(IOException.class);
    }

    @Test
    void aCertificateOfAnotherHostIsRefused() throws Exception {
        serveWith(otherHost);

        assertThatThrownBy(() -> open(otherHost)).isInstanceOf(IOException.class);
    }

    @Test
    void aServerWithoutTlsIsRefused() throws Exception {
        database.server().stop();
        database.server().run();

        assertThatThrownBy(() -> open(right)).isInstanceOf(IOException.class);
    }

    private static void serveWith(TestCertificate certificate) throws Exception {
        PostgresServer server = database.server();
        server.stop();
        server.run(
                "ssl=on",
                "ssl_cert_file=" + server.own(certificate.certificate()),
                "ssl_key_file=" + server.own(certificate.key()));
    }

    private TestLedger open(TestCertificate trusted) throws IOException {
        PostgresSettings s = database.settings();
        var encrypted = new PostgresSettings(
                s.server(),
                s.name(),
                s.passwordEnv(),
                true,
                trusted.certificate().toString(),
                s.keyEnv(),
                s.connect(),
                s.commit(),
                s.recovery());
        return TestLedger.open(
                data.resolve(data.getFileName()), TestLedger.OPTIONS.withStore(database.store(encrypted)));
    }
}

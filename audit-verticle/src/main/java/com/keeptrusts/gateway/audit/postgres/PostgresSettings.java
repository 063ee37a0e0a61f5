package com.keeptrusts.gateway.audit.postgres;

import com.keeptrusts.gateway.config.Section;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The section {@code policy.audit-logger.store} of kind {@code postgres}.
 *
 * @param name first part of the log's name in the database; null for the host's
 * @param passwordEnv variable that holds the password, or null where the server asks for none
 * @param tls whether the connection is encrypted and the server's certificate and name are checked
 * @param ca certificates in PEM that the server's must descend from; null for those of the JDK
 * @param keyEnv variable that holds the log's private key in PEM, for nodes whose directory does not last; or null
 * @param connect how long a connection may take
 * @param commit how long a transaction may take before its outcome is in doubt
 * @param recovery how long a doubt, or another session's hold on the log, is waited out before the writer gives up
 */
public record PostgresSettings(
        Server server,
        @Nullable String name,
        @Nullable String passwordEnv,
        boolean tls,
        @Nullable String ca,
        @Nullable String keyEnv,
        Duration connect,
        Duration commit,
        Duration recovery) {

    private static final int PORT = 5432;
    private static final String SHAPE = "postgresql://user@host:5432/database";

    /** Where to connect and as whom. */
    public record Server(String host, int port, String database, String user) {

        /** Reads {@code postgresql://user@host:port/database}; a password in it is refused. */
        public static Server parse(String url) {
            try {
                URI uri = new URI(url);
                String user = uri.getUserInfo();
                String database = uri.getPath() == null ? "" : uri.getPath().replaceFirst("^/", "");
                if (user != null && user.contains(":")) {
                    throw new IllegalArgumentException("has a password in it (expected: store.password_ref.env)");
                }
                if (!List.of("postgresql", "postgres").contains(String.valueOf(uri.getScheme()))
                        || uri.getHost() == null
                        || user == null
                        || user.isEmpty()
                        || database.isEmpty()
                        || database.contains("/")
                        || uri.getQuery() != null) {
                    throw new IllegalArgumentException("cannot be read (expected: " + SHAPE + ")");
                }
                return new Server(uri.getHost(), uri.getPort() < 0 ? PORT : uri.getPort(), database, user);
            } catch (URISyntaxException e) {
                throw new IllegalArgumentException("cannot be read (expected: " + SHAPE + ")");
            }
        }

        boolean isLoopback() {
            return host.equals("localhost") || host.equals("[::1]") || host.startsWith("127.");
        }

        @Override
        public String toString() {
            return host + ":" + port + "/" + database;
        }
    }

    /** Reads what stands beside {@code kind}. */
    public static @Nullable PostgresSettings from(Section section) {
        Server server = server(section);
        var settings = new PostgresSettings(
                server == null ? new Server("localhost", PORT, "", "") : server,
                section.optionalText("name"),
                section.optionalSection("password_ref", reference -> reference.requiredText("env")),
                section.bool("tls", true),
                section.optionalText("ca"),
                section.optionalSection("key_ref", reference -> reference.requiredText("env")),
                Duration.ofMillis(section.integer("connect_ms", 5_000, 100, 60_000)),
                Duration.ofMillis(section.integer("commit_ms", 10_000, 100, 60_000)),
                Duration.ofMillis(section.integer("recovery_ms", 30_000, 1_000, 600_000)));
        if (!settings.tls() && !settings.server().isLoopback()) {
            section.refuse("tls", "false off loopback (expected: true, or a server on this host)");
        }
        if (!settings.tls() && settings.ca() != null) {
            section.refuse("ca", "given without tls (expected: tls: true)");
        }
        return server == null ? null : settings;
    }

    private static @Nullable Server server(Section section) {
        String url = section.requiredText("url");
        if (url.isBlank()) {
            return null;
        }
        try {
            return Server.parse(url);
        } catch (IllegalArgumentException e) {
            section.refuse("url", String.valueOf(e.getMessage()));
            return null;
        }
    }
}

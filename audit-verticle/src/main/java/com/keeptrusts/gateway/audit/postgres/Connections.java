package com.keeptrusts.gateway.audit.postgres;

import com.keeptrusts.gateway.audit.segment.LedgerException;
import io.vertx.core.Vertx;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import io.vertx.pgclient.SslMode;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Connects to the server of the settings: one connection for who appends, a small pool for who reads. */
final class Connections {

    private static final int READERS = 2;
    private static final int WAITING = 16;

    private final Vertx vertx;
    private final PostgresSettings settings;
    private final Function<String, @Nullable String> environment;

    Connections(Vertx vertx, PostgresSettings settings, Function<String, @Nullable String> environment) {
        this.vertx = vertx;
        this.settings = settings;
        this.environment = environment;
    }

    PostgresSettings settings() {
        return settings;
    }

    /** A connection whose commits are as the server would have them by itself, so that this can be looked at. */
    PgConnection connect() throws IOException {
        try {
            return Answers.await(PgConnection.connect(vertx, options()), settings.connect());
        } catch (LostConnectionException e) {
            throw new LostConnectionException("PostgreSQL " + settings.server() + ": not reached: " + e.getMessage());
        }
    }

    Pool readers() throws LedgerException {
        PoolOptions size = new PoolOptions()
                .setMaxSize(READERS)
                .setMaxWaitQueueSize(WAITING)
                .setConnectionTimeout((int) settings.connect().toMillis())
                .setConnectionTimeoutUnit(TimeUnit.MILLISECONDS)
                .setIdleTimeout(60);
        return PgBuilder.pool()
                .with(size)
                .connectingTo(options().addProperty("synchronous_commit", "on"))
                .using(vertx)
                .build();
    }

    private PgConnectOptions options() throws LedgerException {
        PostgresSettings.Server server = settings.server();
        PgConnectOptions options = new PgConnectOptions()
                .setHost(server.host())
                .setPort(server.port())
                .setDatabase(server.database())
                .setUser(server.user())
                .setPassword(password())
                .setCachePreparedStatements(true)
                .addProperty("application_name", "keeptrusts audit")
                .setSslMode(settings.tls() ? SslMode.VERIFY_FULL : SslMode.DISABLE);
        return settings.tls() ? options.setSslOptions(encrypted(settings.ca())) : options;
    }

    private static ClientSSLOptions encrypted(@Nullable String ca) {
        ClientSSLOptions options = new ClientSSLOptions().setHostnameVerificationAlgorithm("HTTPS");
        return ca == null ? options : options.setTrustOptions(new PemTrustOptions().addCertPath(ca));
    }

    private String password() throws LedgerException {
        String name = settings.passwordEnv();
        if (name == null) {
            return "";
        }
        String found = environment.apply(name);
        if (found == null || found.isEmpty()) {
            throw new LedgerException(
                    "policy.audit-logger.store.password_ref.env: " + name + " is not set (expected: the password of "
                            + settings.server().user() + ")");
        }
        return found;
    }
}

package com.keeptrusts.gateway.node.cli;

import com.keeptrusts.gateway.audit.postgres.PostgresCopy;
import com.keeptrusts.gateway.audit.postgres.PostgresSettings;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code kt events copy}: a log in PostgreSQL as a directory for {@code kt events verify} and other verifiers. */
@Command(
        name = "copy",
        description = "Write a log that is kept in PostgreSQL as a directory that can be served and verified.",
        mixinStandardHelpOptions = true)
final class CopyCommand implements Callable<Integer> {

    private static final int COULD_NOT_RUN = 2;

    @Parameters(paramLabel = "URL", description = "As in postgresql://user@host:5432/database")
    private String url = "";

    @Option(names = "--name", required = true, description = "The log's name in the database, as in host/writer-0.")
    private String name = "";

    @Option(names = "--output", required = true, description = "A directory that is not there or is empty.")
    private Path output = Path.of("");

    @Option(names = "--password-env", description = "The variable that holds the password.")
    private @Nullable String passwordEnv;

    @Option(names = "--ca", description = "Certificates in PEM that the server's must descend from.")
    private @Nullable String ca;

    @Option(
            names = "--tls",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            description = "Default: on")
    private boolean tls;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        PostgresSettings settings = settings();
        Vertx vertx = Vertx.vertx();
        try {
            PostgresCopy.write(vertx, settings, System::getenv, name, output);
            spec.commandLine().getOut().println(name + " is in " + output);
            return 0;
        } catch (IOException e) {
            spec.commandLine().getErr().println("kt: " + e.getMessage());
            return COULD_NOT_RUN;
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }
    }

    private PostgresSettings settings() {
        try {
            return new PostgresSettings(
                    PostgresSettings.Server.parse(url),
                    null,
                    passwordEnv,
                    tls,
                    ca,
                    null,
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(60),
                    Duration.ofSeconds(60));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "URL: " + e.getMessage(), e);
        }
    }
}

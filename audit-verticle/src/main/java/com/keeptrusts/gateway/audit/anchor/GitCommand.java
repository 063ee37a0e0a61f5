package com.keeptrusts.gateway.audit.anchor;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Runs {@code git} on one repository: without hooks, questions or signatures, without what this process has in its
 * environment, and for a bounded time. Blocks.
 */
final class GitCommand {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final int LONGEST_OUTPUT = 8 * 1024;

    /** What git and ssh need to find themselves and their keys; provider keys are not among it. */
    private static final Set<String> PASSED_ON =
            Set.of("PATH", "HOME", "USER", "LANG", "TMPDIR", "SSH_AUTH_SOCK", "GIT_SSH_COMMAND", "SystemRoot");

    private final Path repository;

    GitCommand(Path repository) {
        this.repository = repository;
    }

    /**
     * Returns what it printed.
     *
     * @throws IOException when it does not end well, or not in time
     */
    String run(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                "git",
                "-C",
                repository.toString(),
                "-c",
                "core.hooksPath=/dev/null",
                "-c",
                "commit.gpgsign=false",
                "-c",
                "user.name=keeptrusts gateway",
                "-c",
                "user.email=audit@localhost"));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        Map<String, String> environment = builder.environment();
        environment.keySet().retainAll(PASSED_ON);
        environment.put("GIT_TERMINAL_PROMPT", "0");
        environment.putIfAbsent("GIT_SSH_COMMAND", "ssh -oBatchMode=yes -oConnectTimeout=5");
        Process process = builder.start();
        process.getOutputStream().close();
        CompletableFuture.delayedExecutor(LIMIT.toMillis(), TimeUnit.MILLISECONDS)
                .execute(process::destroyForcibly);
        return result(process, arguments[0]);
    }

    private String result(Process process, String act) throws IOException {
        try (InputStream in = process.getInputStream()) {
            String output = new String(in.readNBytes(LONGEST_OUTPUT), StandardCharsets.UTF_8).strip();
            in.transferTo(java.io.OutputStream.nullOutputStream());
            int code = process.waitFor();
            if (code != 0) {
                String last = output.lines().reduce("", (_, line) -> line);
                throw new IOException("git " + act + " in " + repository + ": exit code " + code + ": " + last);
            }
            return output;
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException("git " + act + " was interrupted");
        }
    }
}

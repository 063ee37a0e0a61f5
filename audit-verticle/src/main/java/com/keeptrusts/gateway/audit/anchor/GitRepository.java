package com.keeptrusts.gateway.audit.anchor;

import com.keeptrusts.gateway.audit.note.Checkpoint;
import com.keeptrusts.gateway.audit.note.NoteException;
import com.keeptrusts.gateway.audit.note.SignedNote;
import com.keeptrusts.gateway.audit.witness.Published;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A git repository on this disk: a commit for each checkpoint, in {@code <writer>/checkpoint}, pushed where a remote is
 * named. Each process has a clone of its own; the branch may be shared.
 */
final class GitRepository implements Anchor {

    private final Vertx vertx;
    private final Path repository;
    private final GitCommand git;
    private final @Nullable String remote;
    private final String branch;

    GitRepository(Vertx vertx, AnchorSettings.OfRepository settings) {
        this.vertx = vertx;
        this.repository = settings.repository();
        this.git = new GitCommand(repository);
        this.remote = settings.remote();
        this.branch = settings.branch();
    }

    @Override
    public Future<List<String>> keep(Published published) {
        return vertx.executeBlocking(
                () -> {
                    commit(published);
                    push();
                    return List.of();
                },
                false);
    }

    private void commit(Published published) throws IOException, ContradictedException {
        String origin = published.checkpoint().origin();
        String writer = origin.substring(origin.lastIndexOf('/') + 1);
        Path file = repository.resolve(writer).resolve("checkpoint");
        if (Files.exists(file) && isThere(file, published.checkpoint())) {
            return;
        }
        Files.createDirectories(repository.resolve(writer));
        Path fresh = file.resolveSibling("checkpoint.new");
        Files.writeString(fresh, published.note().toString());
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        String path = writer + "/checkpoint";
        git.run("add", "--", path);
        git.run("commit", "-q", "-m", "checkpoint " + published.size() + " of " + origin, "--", path);
    }

    private boolean isThere(Path file, Checkpoint now) throws IOException, ContradictedException {
        try {
            Checkpoint before =
                    Checkpoint.parse(SignedNote.parse(Files.readString(file)).text());
            if (before.size() > now.size()) {
                throw new ContradictedException(file.toString(), before.size(), true);
            }
            if (before.size() == now.size() && !before.equals(now)) {
                throw new ContradictedException(file.toString(), before.size(), false);
            }
            return before.equals(now)
                    && git.run("status", "--porcelain", "--", file.toString()).isEmpty();
        } catch (NoteException e) {
            throw new IOException(file + ": not a checkpoint (expected: what was committed there)");
        }
    }

    private void push() throws IOException {
        if (remote == null) {
            return;
        }
        String target = "HEAD:refs/heads/" + branch;
        try {
            git.run("push", "-q", remote, target);
        } catch (IOException e) { // somebody else's commits may be there by now
            git.run("pull", "-q", "--rebase", remote, branch);
            git.run("push", "-q", remote, target);
        }
    }

    @Override
    public Future<Void> close() {
        return Future.succeededFuture();
    }
}

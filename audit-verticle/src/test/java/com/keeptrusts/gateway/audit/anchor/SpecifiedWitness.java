package com.keeptrusts.gateway.audit.anchor;

import static java.util.concurrent.TimeUnit.SECONDS;

import com.keeptrusts.gateway.audit.note.Checkpoint;
import com.keeptrusts.gateway.audit.note.CosigningKey;
import com.keeptrusts.gateway.audit.note.SignedNote;
import com.keeptrusts.gateway.audit.note.VerifierKey;
import com.keeptrusts.gateway.audit.tree.ConsistencyProof;
import com.keeptrusts.gateway.audit.tree.TreeHash;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;

/** A witness of one log over HTTP, as the text of C2SP tlog-witness has it. */
final class SpecifiedWitness {

    final CosigningKey key = CosigningKey.generate("witness.example/w1");
    final LinkedBlockingQueue<Integer> statuses = new LinkedBlockingQueue<>();
    private final VerifierKey log;
    private final HttpServer server;
    private long size;
    private byte[] root = TreeHash.ofNothing();

    private SpecifiedWitness(Vertx vertx, VerifierKey log) {
        this.log = log;
        this.server = vertx.createHttpServer().requestHandler(this::handle);
    }

    static SpecifiedWitness start(Vertx vertx, VerifierKey log) throws Exception {
        var witness = new SpecifiedWitness(vertx, log);
        witness.server.listen(0, "127.0.0.1").await(5, SECONDS);
        return witness;
    }

    String url() {
        return "http://127.0.0.1:" + server.actualPort() + "/w1";
    }

    void stop() throws Exception {
        server.close().await(5, SECONDS);
    }

    /** As if it had cosigned this tree for the log before. */
    void hasCosigned(long heldSize, byte[] heldRoot) {
        size = heldSize;
        root = heldRoot;
    }

    long size() {
        return size;
    }

    private void handle(HttpServerRequest request) {
        request.body().onSuccess(body -> {
            if (!request.method().name().equals("POST") || !request.path().equals("/w1/add-checkpoint")) {
                answer(request, 404, "text/plain", "");
                return;
            }
            try {
                judge(request, body.toString(StandardCharsets.UTF_8));
            } catch (Exception e) {
                answer(request, 400, "text/plain", "");
            }
        });
    }

    private void judge(HttpServerRequest request, String body) throws Exception {
        int end = body.indexOf("\n\n");
        String[] lines = body.substring(0, end).split("\n", -1);
        long old = Long.parseLong(lines[0].substring("old ".length()));
        List<byte[]> proof = new ArrayList<>();
        for (int i = 1; i < lines.length; i++) {
            proof.add(Base64.getDecoder().decode(lines[i]));
        }
        SignedNote note = SignedNote.parse(body.substring(end + 2));
        Checkpoint shown = Checkpoint.parse(note.text());
        if (!shown.origin().equals(log.name())) {
            answer(request, 404, "text/plain", "");
            return;
        }
        note.verify(log); // 400 instead of 403, which no test distinguishes
        if (old > shown.size()) {
            answer(request, 400, "text/plain", "");
        } else if (old != size) {
            answer(request, 409, "text/x.tlog.size", size + "\n");
        } else if (!new ConsistencyProof(old, shown.size(), proof)
                .proves(root, shown.root().array())) {
            answer(request, old == shown.size() ? 409 : 422, "text/plain", "");
        } else {
            size = shown.size();
            root = shown.root().array();
            String others = CosigningKey.generate("witness.example/unknown").cosign(note.text(), Instant.now());
            answer(request, 200, "text/plain", others + key.cosign(note.text(), Instant.now()));
        }
    }

    private void answer(HttpServerRequest request, int status, String type, String body) {
        statuses.add(status);
        request.response().setStatusCode(status).putHeader("content-type", type).end(body);
    }
}

package com.keeptrusts.gateway.audit.anchor;

import com.keeptrusts.gateway.audit.note.CosignerKey;
import com.keeptrusts.gateway.audit.witness.Published;
import com.keeptrusts.gateway.contract.Bytes;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.util.Base64;
import java.util.List;
import java.util.Objects;

/**
 * A witness that speaks C2SP tlog-witness. What it has cosigned of the log it tells itself, in its first refusal.
 * Its cosignatures are checked before they are believed; redirects are not followed.
 */
final class HttpWitness implements Anchor {

    private static final int CONFLICT = 409;
    private static final String SIZE = "text/x.tlog.size";

    private final Vertx vertx;
    private final HttpClient client;
    private final URI address;
    private final CosignerKey key;
    private long held;

    HttpWitness(Vertx vertx, AnchorSettings.OfWitness settings) {
        this.vertx = vertx;
        this.client = OutsideClient.of(vertx);
        this.address = URI.create(withSlash(settings.url().toString()) + "add-checkpoint");
        this.key = settings.key();
    }

    private static String withSlash(String prefix) {
        return prefix.endsWith("/") ? prefix : prefix + "/";
    }

    @Override
    public Future<List<String>> keep(Published published) {
        return show(published, true);
    }

    private Future<List<String>> show(Published published, boolean mayRepeat) {
        long old = held <= published.size() ? held : 0;
        return vertx.executeBlocking(() -> body(published, old), false)
                .compose(body -> client.request(new RequestOptions()
                                .setMethod(HttpMethod.POST)
                                .setAbsoluteURI(address.toString())
                                .setTimeout(OutsideClient.LIMIT_MILLIS)
                                .putHeader("content-type", "text/plain; charset=utf-8"))
                        .compose(request -> SmallAnswer.to(request, body)))
                .compose(answer -> take(published, old, mayRepeat, answer));
    }

    private Future<List<String>> take(Published published, long old, boolean mayRepeat, SmallAnswer answer) {
        if (answer.status() == CONFLICT && answer.contentType().startsWith(SIZE)) {
            long size = size(answer.body());
            if (size > published.size()) {
                return Future.failedFuture(new ContradictedException(address.toString(), size, true));
            }
            if (mayRepeat && size >= 0 && size != old) {
                held = size;
                return show(published, false);
            }
        }
        if (answer.status() == CONFLICT && old == published.size()) {
            return Future.failedFuture(new ContradictedException(address.toString(), old, false));
        }
        if (answer.status() != 200) {
            return Future.failedFuture(address + ": status " + answer.status() + " (expected: 200)");
        }
        List<String> lines = key.valid(published.note().text(), answer.body());
        if (lines.isEmpty()) {
            return Future.failedFuture(address + ": no valid cosignature of " + key.name());
        }
        held = published.size();
        return Future.succeededFuture(lines);
    }

    private static long size(String body) {
        return body.matches("(0|[1-9][0-9]{0,17})\n") ? Long.parseLong(body.strip()) : -1;
    }

    /** The old size, the proof, an empty line, the checkpoint. */
    static Buffer body(Published published, long old) throws java.io.IOException {
        var text = new StringBuilder("old ").append(old).append('\n');
        for (Bytes hash : published.consistentWith(old)) {
            text.append(Base64.getEncoder().encodeToString(hash.array())).append('\n');
        }
        return Buffer.buffer(text.append('\n').append(published.note()).toString());
    }

    @Override
    public Future<Void> close() {
        return Objects.requireNonNull(client.close());
    }
}

package com.keeptrusts.gateway.node;

import com.keeptrusts.gateway.audit.content.Asker;
import com.keeptrusts.gateway.audit.content.ContentPlace;
import com.keeptrusts.gateway.audit.content.ContentStore;
import com.keeptrusts.gateway.audit.content.KeptText;
import com.keeptrusts.gateway.audit.segment.DiskFiles;
import com.keeptrusts.gateway.contract.Bytes;
import com.keeptrusts.gateway.ingress.Vault;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** This node's store of keys and texts, for its ingress instances. */
final class NodeVault implements Vault {

    private final Vertx vertx;
    private final ContentStore store;

    private NodeVault(Vertx vertx, ContentStore store) {
        this.vertx = vertx;
        this.store = store;
    }

    static Future<NodeVault> open(Vertx vertx, Path dataDir) {
        return vertx.executeBlocking(
                        () -> ContentStore.open(new DiskFiles(), new ContentPlace(dataDir), Clock.systemUTC()))
                .map(store -> new NodeVault(vertx, store));
    }

    ContentStore store() {
        return store;
    }

    @Override
    public Future<Subject> subject(
            String requestId, String tenant, String clientKey, @Nullable String user, boolean keyed) {
        var asker = new Asker(tenant, clientKey, user);
        com.keeptrusts.gateway.audit.content.Subject known = store.known(asker, keyed);
        return known != null
                ? Future.succeededFuture(view(known, requestId))
                : vertx.executeBlocking(() -> view(store.subject(asker, keyed), requestId), false);
    }

    private static Subject view(com.keeptrusts.gateway.audit.content.Subject found, String requestId) {
        return new Subject(found.pseudonym(), found.keyId(), found.salt(requestId));
    }

    @Override
    public String pseudonymOfAddress(String address) {
        return store.pseudonymOfAddress(address);
    }

    @Override
    public String pseudonymOfIdempotencyKey(String key) {
        return store.pseudonymOfIdempotencyKey(key);
    }

    @Override
    public Future<Map<String, Object>> keep(String requestId, String keyId, Bytes in, Bytes out) {
        return Future.fromCompletionStage(
                store.keep(requestId, keyId, new KeptText(in, out)), vertx.getOrCreateContext());
    }

    /** Completes when everything that was given is flushed. */
    Future<Void> close() {
        return vertx.executeBlocking(() -> {
            store.close();
            return null;
        });
    }
}

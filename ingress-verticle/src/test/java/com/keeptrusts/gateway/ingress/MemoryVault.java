package com.keeptrusts.gateway.ingress;

import com.keeptrusts.gateway.contract.Bytes;
import io.vertx.core.Future;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** A vault that forgets everything with the test; a test may make it refuse. */
final class MemoryVault implements Vault {

    final Map<String, Kept> kept = new ConcurrentHashMap<>();
    volatile boolean namesNobody;
    volatile boolean keepsNothing;

    record Kept(String keyId, String in, String out) {}

    static Bytes salt(String requestId) {
        return Bytes.utf8("salt of " + requestId);
    }

    static String pseudonym(String tenant, String user) {
        return Integer.toHexString((tenant + "/" + user).hashCode());
    }

    @Override
    public Future<Subject> subject(
            String requestId, String tenant, String clientKey, @Nullable String user, boolean keyed) {
        if (namesNobody) {
            return Future.failedFuture("keys: not readable");
        }
        String pseudonym = user == null ? null : pseudonym(tenant, user);
        return Future.succeededFuture(new Subject(
                pseudonym,
                keyed ? (pseudonym == null ? "nobody" : pseudonym) + "-1" : null,
                keyed ? salt(requestId) : null));
    }

    @Override
    public String pseudonymOfAddress(String address) {
        return Integer.toHexString(address.hashCode());
    }

    @Override
    public String pseudonymOfIdempotencyKey(String key) {
        return Integer.toHexString(("key " + key).hashCode());
    }

    @Override
    public Future<Map<String, Object>> keep(String requestId, String keyId, Bytes in, Bytes out) {
        if (keepsNothing) {
            return Future.failedFuture("disk full");
        }
        kept.put(requestId, new Kept(keyId, in.toUtf8(), out.toUtf8()));
        return Future.succeededFuture(Map.of("blob", "place", "key", keyId));
    }
}

package com.keeptrusts.gateway.policy;

import com.keeptrusts.gateway.contract.Address;
import com.keeptrusts.gateway.contract.Bus;
import com.keeptrusts.gateway.contract.Settings;
import com.keeptrusts.gateway.contract.SettingsCall;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The policies of one kind by the digest of their settings, the last few of them. A digest that is not here is asked
 * for once, however many wait for it; a failure is forgotten, so that the next call asks again. Thread-safe.
 */
final class SettledPolicies {

    private static final Logger LOG = LoggerFactory.getLogger(SettledPolicies.class);
    private static final int KEPT = 8;
    private static final Duration ASK_LIMIT = Duration.ofSeconds(2);

    private final String kind;
    private final PolicyCatalog catalog;
    private final LinkedHashMap<String, Future<Policy>> byDigest = new LinkedHashMap<>(KEPT * 2, 0.75f, true);

    SettledPolicies(String kind, PolicyCatalog catalog) {
        this.kind = kind;
        this.catalog = catalog;
    }

    /** The policy, when it is here already. */
    @Nullable
    Policy ready(String digest) {
        synchronized (byDigest) {
            Future<Policy> found = byDigest.get(digest);
            return found == null ? null : found.result();
        }
    }

    /** Completes on any thread. */
    Future<Policy> settle(Vertx vertx, String digest) {
        Future<Policy> settled;
        synchronized (byDigest) {
            Future<Policy> found = byDigest.get(digest);
            if (found != null) {
                return found;
            }
            settled = fetch(vertx, digest);
            byDigest.put(digest, settled);
            if (byDigest.size() > KEPT) {
                byDigest.remove(byDigest.keySet().iterator().next());
            }
        }
        return settled.onFailure(cause -> forget(digest, settled, cause));
    }

    /** The digest that was last asked for; empty before the first. */
    String latest() {
        synchronized (byDigest) {
            return byDigest.isEmpty() ? "" : byDigest.lastEntry().getKey();
        }
    }

    private Future<Policy> fetch(Vertx vertx, String digest) {
        return Bus.of(vertx)
                .ask(Address.ofSettings(digest), new SettingsCall(digest), ASK_LIMIT)
                .compose(settings -> vertx.executeBlocking(() -> compile(digest, settings), false));
    }

    private Policy compile(String digest, Settings settings) {
        if (!digest.equals(sha256(settings.json().array()))) {
            throw new IllegalStateException("settings of " + kind + ": other bytes than their digest says");
        }
        return catalog.create(kind, new JsonObject(settings.json().toUtf8()));
    }

    private void forget(String digest, Future<Policy> settled, Throwable cause) {
        LOG.warn("settings {} of {} are not to be had: {}", digest, kind, cause.getMessage());
        synchronized (byDigest) {
            byDigest.remove(digest, settled);
        }
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}

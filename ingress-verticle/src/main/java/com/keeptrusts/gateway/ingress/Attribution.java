package com.keeptrusts.gateway.ingress;

import com.keeptrusts.gateway.contract.Bytes;
import com.keeptrusts.gateway.contract.ErrorCode;
import com.keeptrusts.gateway.contract.Phase;
import com.keeptrusts.gateway.ingress.AuditSettings.Content;
import com.keeptrusts.gateway.ingress.AuditSettings.OnUnavailable;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Attributes a request to its subject, and at its end gives the texts that may be kept to the {@link Vault}. */
final class Attribution {

    private static final Logger LOG = LoggerFactory.getLogger(Attribution.class);

    private final Vault vault;

    Attribution(Vault vault) {
        this.vault = vault;
    }

    /** The name alone, so that a refusal has one too. Fails with {@link Refused} where it must not go on without one. */
    Future<Void> name(Journey journey) {
        return journey.config().audit().enabled() ? attribute(journey, false) : Future.succeededFuture();
    }

    /** Also the key that its texts depend on, for a request that nothing speaks against so far. */
    Future<Void> attribute(Journey journey) {
        AuditSettings audit = journey.config().audit();
        return audit.enabled() && audit.content() != Content.NONE ? attribute(journey, true) : Future.succeededFuture();
    }

    private Future<Void> attribute(Journey journey, boolean keyed) {
        AuditSettings audit = journey.config().audit();
        ClientKey key = journey.whoAsked().key();
        String tenant = key == null || key.tenant() == null ? "" : key.tenant();
        return vault.subject(
                        journey.id(),
                        tenant,
                        key == null ? "" : key.name(),
                        audit.access().user(journey.http(), journey.ask()),
                        keyed)
                .onSuccess(journey::isOf)
                .<Void>mapEmpty()
                .recover(cause -> unavailable(journey, audit, cause));
    }

    private static Future<Void> unavailable(Journey journey, AuditSettings audit, Throwable cause) {
        LOG.error("{}: its subject could not be found: {}", journey.id(), cause.toString());
        return audit.onUnavailable() == OnUnavailable.FAIL_OPEN
                ? Future.succeededFuture()
                : Future.failedFuture(
                        Refused.of(ErrorCode.AUDIT_UNAVAILABLE, "The keys of the audit log cannot be used."));
    }

    /** The member {@code ct} of the outcome; empty where nothing is kept. Fails where something should be and is not. */
    Future<Map<String, Object>> keep(Journey journey) {
        String keyId = journey.subject().keyId();
        if (!keeps(journey) || keyId == null) {
            return Future.succeededFuture(Map.of());
        }
        Bytes in = in(journey);
        Bytes out = out(journey);
        if (in.length() + out.length() == 0) {
            return Future.succeededFuture(Map.of());
        }
        return vault.keep(journey.id(), keyId, in, out).map(ct -> {
            Map<String, Object> member = new HashMap<>(ct);
            member.put("in", in.length());
            member.put("out", out.length());
            return member;
        });
    }

    static boolean keeps(Journey journey) {
        AuditSettings audit = journey.config().audit();
        return audit.enabled() && audit.content() == Content.ENCRYPTED;
    }

    /** Nothing that a policy did not get to see, or stopped: what it would have taken out would still be in it. */
    private static Bytes in(Journey journey) {
        ModelRequest ask = journey.ask();
        if (ask == null || !journey.passed() || unreviewed(journey, Phase.INPUT)) {
            return Bytes.EMPTY;
        }
        Bytes redacted = journey.redacted();
        return redacted == null ? ask.bytes() : redacted;
    }

    /** Nothing into which originals were put back. */
    private static Bytes out(Journey journey) {
        return unreviewed(journey, Phase.OUTPUT) || !journey.restorations().isEmpty()
                ? Bytes.EMPTY
                : journey.sentText();
    }

    private static boolean unreviewed(Journey journey, Phase phase) {
        return journey.reviews().stream()
                .anyMatch(review -> review.phase() == phase && review.word().equals("failed"));
    }
}

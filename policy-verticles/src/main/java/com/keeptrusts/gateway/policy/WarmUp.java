package com.keeptrusts.gateway.policy;

import com.keeptrusts.gateway.contract.Channel;
import com.keeptrusts.gateway.contract.Phase;
import com.keeptrusts.gateway.contract.TextPart;
import com.keeptrusts.gateway.contract.UserText;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets a policy with its default settings judge an ordinary text for a moment before its workers are announced, so that
 * no request pays for loading classes and tables within its hop limit.
 */
final class WarmUp {

    private static final Logger LOG = LoggerFactory.getLogger(WarmUp.class);
    private static final Duration MOMENT = Duration.ofMillis(150);
    private static final List<TextPart> ORDINARY = List.of(new TextPart(
            0,
            0,
            Channel.USER,
            "messages[0].content",
            new UserText("Dear team, the order 4711 of 21 November 2026 is late. Write to jane.doe@example.com or call"
                    + " +49 30 901820, and ignore the earlier invoice: the IBAN DE89370400440532013000 has changed.")));

    private WarmUp() {}

    /** Never fails: a kind that cannot run without settings is simply not warm. */
    static Future<Void> of(Vertx vertx, String kind, PolicyCatalog catalog) {
        return vertx.<Void>executeBlocking(
                        () -> {
                            judge(catalog.create(kind, new JsonObject()));
                            return null;
                        },
                        false)
                .recover(cold -> {
                    LOG.debug("{} starts cold: {}", kind, cold.getClass().getSimpleName());
                    return Future.succeededFuture();
                });
    }

    private static void judge(Policy policy) {
        long until = System.nanoTime() + MOMENT.toNanos();
        while (System.nanoTime() < until) {
            policy.review(Phase.INPUT, ORDINARY);
        }
    }
}

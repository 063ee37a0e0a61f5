package com.keeptrusts.gateway.node;

import com.keeptrusts.gateway.audit.retention.Hold;
import com.keeptrusts.gateway.audit.retention.Pruned;
import com.keeptrusts.gateway.audit.retention.RefusedException;
import com.keeptrusts.gateway.audit.retention.Request;
import com.keeptrusts.gateway.node.Rooms.NoWriterException;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Acts upon the ledger on the management port: {@code /keeptrusts/audit/prune}, {@code holds}, {@code keys/rotate}.
 * Each is told by an entry with who asked and why. 400 for a request that cannot be understood, 404 where no ledger is
 * written, 409 for what a promise or a hold forbids.
 */
final class LedgerActs {

    private static final int DEFAULT_OVERLAP_DAYS = 7;

    private final Rooms rooms;

    LedgerActs(Rooms rooms) {
        this.rooms = rooms;
    }

    void mount(Router router) {
        router.post("/keeptrusts/audit/prune").handler(request -> answer(request, () -> prune(request)));
        router.get("/keeptrusts/audit/holds").handler(request -> answer(request, this::holds));
        router.post("/keeptrusts/audit/holds").handler(request -> answer(request, () -> hold(request)));
        router.delete("/keeptrusts/audit/holds/:name").handler(request -> answer(request, () -> release(request)));
        router.post("/keeptrusts/audit/keys/rotate").handler(request -> answer(request, () -> rotate(request)));
    }

    /** Throws {@link IllegalArgumentException} or {@link DateTimeException} for what it cannot understand. */
    private interface Act {
        Future<JsonObject> run();
    }

    private Future<JsonObject> prune(RoutingContext request) {
        Instant before = moment(request, "before");
        Future<List<Pruned>> pruned;
        if (before == null) {
            pruned = rooms.keep((keeping, days) -> keeping.prune(days));
        } else {
            Request asked = asked(request);
            pruned = rooms.keep((keeping, days) -> keeping.pruneEarly(before, days, asked));
        }
        return pruned.map(all -> new JsonObject()
                .put("lines", new JsonArray(all.stream().map(Pruned::line).toList())));
    }

    private Future<JsonObject> holds() {
        return rooms.keep((keeping, _) -> keeping.holds())
                .map(all -> new JsonObject()
                        .put(
                                "holds",
                                new JsonArray(all.stream()
                                        .flatMap(holds -> holds.active().stream())
                                        .distinct()
                                        .map(hold -> new JsonObject(hold.asMap()))
                                        .toList())));
    }

    private Future<JsonObject> hold(RoutingContext request) {
        Request asked = asked(request);
        var hold = new Hold(
                parameter(request, "name"),
                asked.reason(),
                asked.by(),
                moment(request, "from"),
                moment(request, "until"),
                request.request().getParam("subject"));
        return rooms.keep((keeping, _) -> {
                    keeping.hold(hold);
                    return hold.name();
                })
                .map(_ -> new JsonObject().put("hold", new JsonObject(hold.asMap())));
    }

    private Future<JsonObject> release(RoutingContext request) {
        Request asked = asked(request);
        String name = request.pathParam("name");
        return rooms.keep((keeping, _) -> {
                    keeping.release(name, asked);
                    return name;
                })
                .map(_ -> new JsonObject().put("released", name));
    }

    private Future<JsonObject> rotate(RoutingContext request) {
        Request asked = asked(request);
        String days = request.request().getParam("overlap_days", String.valueOf(DEFAULT_OVERLAP_DAYS));
        if (!days.matches("[0-9]{1,3}")) {
            throw new IllegalArgumentException("overlap_days: '" + days + "' (expected: 0 to 999)");
        }
        Duration overlap = Duration.ofDays(Integer.parseInt(days));
        return rooms.keep((keeping, _) -> keeping.rotateKey(overlap, asked).toString())
                .map(keys -> new JsonObject().put("vkeys", new JsonArray(keys)));
    }

    private static void answer(RoutingContext request, Act act) {
        Future<JsonObject> answer;
        try {
            answer = act.run();
        } catch (IllegalArgumentException | DateTimeException e) {
            AdminServer.answer(request, 400, error(e));
            return;
        }
        answer.onSuccess(json -> AdminServer.answer(request, 200, json))
                .onFailure(refused -> AdminServer.answer(request, status(refused), error(refused)));
    }

    private static int status(Throwable refused) {
        return switch (refused) {
            case RefusedException _ -> 409;
            case NoWriterException _ -> 404;
            default -> 503;
        };
    }

    private static JsonObject error(Throwable refused) {
        return new JsonObject().put("error", String.valueOf(refused.getMessage()));
    }

    private static Request asked(RoutingContext request) {
        return new Request(parameter(request, "by"), parameter(request, "reason"));
    }

    private static String parameter(RoutingContext request, String name) {
        HttpServerRequest http = request.request();
        String value = http.getParam(name);
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException(name + ": missing (expected: a query parameter of that name)");
        }
        return value;
    }

    private static @Nullable Instant moment(RoutingContext request, String name) {
        String value = request.request().getParam(name);
        try {
            return value == null ? null : Instant.parse(value);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    name + ": '" + value + "' (expected: a moment as in 2026-11-21T04:00:00Z)", e);
        }
    }
}

package com.keeptrusts.gateway.node.ledger;

import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;

/** Why a read gets no answer; the message says what was expected and never what stands in an entry. */
final class LedgerRefusal extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final int status;
    private final String code;

    LedgerRefusal(int status, String code, String message) {
        super(message, null, false, false);
        this.status = status;
        this.code = code;
    }

    static LedgerRefusal badRequest(String message) {
        return new LedgerRefusal(400, "bad_request", message);
    }

    static LedgerRefusal notFound(String message) {
        return new LedgerRefusal(404, "not_found", message);
    }

    static LedgerRefusal unrecorded() {
        return new LedgerRefusal(
                503,
                "audit_unavailable",
                "no audit writer could record this read, so nothing is shown; try again later");
    }

    static LedgerRefusal busy() {
        return new LedgerRefusal(503, "busy", "too many reads at a time; try again in a few seconds");
    }

    void send(HttpServerResponse response) {
        response.setStatusCode(status)
                .putHeader("content-type", "application/json")
                .putHeader("cache-control", "no-store");
        if (status == 503 || status == 409) {
            response.putHeader("retry-after", "1");
        }
        if (status == 405) {
            response.putHeader("allow", "GET");
        }
        response.end(
                new JsonObject().put("error", getMessage()).put("code", code).encode());
    }
}

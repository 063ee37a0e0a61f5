package com.keeptrusts.gateway.ingress;

import com.keeptrusts.gateway.contract.Endpoint;
import com.keeptrusts.gateway.contract.ErrorCode;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;

/** Which handler a request goes to. A path that is not known is refused with the same envelope as everything else. */
final class Routes {

    private final Vertx vertx;
    private final IngressOptions options;
    private final TimeOrderedIds ids;
    private final ChatCompletionHandler completions;
    private final SideRoutes sides;
    private final Conclusions conclusions;
    private final IngressMetrics metrics;

    Routes(
            Vertx vertx,
            IngressOptions options,
            TimeOrderedIds ids,
            ChatCompletionHandler completions,
            SideRoutes sides,
            Conclusions conclusions,
            IngressMetrics metrics) {
        this.vertx = vertx;
        this.options = options;
        this.ids = ids;
        this.completions = completions;
        this.sides = sides;
        this.conclusions = conclusions;
        this.metrics = metrics;
    }

    void route(HttpServerRequest http) {
        try {
            dispatch(http);
        } catch (Refused refused) {
            refuse(http, refused);
        }
    }

    /** A head that the decoder gave up on; what follows on its connection is not read any more. */
    void unreadable(HttpServerRequest http) {
        metrics.badFraming();
        HttpServerRequest.DEFAULT_INVALID_REQUEST_HANDLER.handle(http);
    }

    private void dispatch(HttpServerRequest http) {
        String fault = Framing.fault(http);
        if (fault != null) {
            metrics.badFraming();
            http.response().headers().set("connection", "close");
            throw Refused.of(ErrorCode.BAD_REQUEST, fault);
        }
        Endpoint endpoint = endpoint(http.path());
        if (endpoint == null) {
            sides.handle(http);
        } else if (HttpMethod.POST.equals(http.method())) {
            completions.handle(http, endpoint);
        } else {
            Caller.of(http, options.current().get().gateway());
            http.response().headers().set("allow", "POST");
            throw Refused.of(ErrorCode.METHOD_NOT_ALLOWED, "method: (expected: POST)");
        }
    }

    static String label(Endpoint endpoint) {
        return switch (endpoint) {
            case CHAT_COMPLETIONS -> "chat_completions";
            case COMPLETIONS -> "completions";
        };
    }

    private static @Nullable Endpoint endpoint(@Nullable String path) {
        if (Endpoint.CHAT_COMPLETIONS.path().equals(path)) {
            return Endpoint.CHAT_COMPLETIONS;
        }
        return Endpoint.COMPLETIONS.path().equals(path) ? Endpoint.COMPLETIONS : null;
    }

    private void refuse(HttpServerRequest http, Refused refused) {
        String id = ids.next();
        var error = new ErrorBody(refused, options.current().get().gateway().blockStatus());
        conclusions.refused(id, http, Outcome.of(error, refused.failure().code()));
        Reply.error(vertx, http, id, error, options.timings());
    }
}

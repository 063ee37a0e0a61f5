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
    private final IngressMetrics metrics;

    Routes(
            Vertx vertx,
            IngressOptions options,
            TimeOrderedIds ids,
            ChatCompletionHandler completions,
            SideRoutes sides,
            IngressMetrics metrics) {
        this.vertx = vertx;
        this.options = options;
        this.ids = ids;
        this.completions = completions;
        this.sides = sides;
        this.metrics = metrics;
    }

    void route(HttpServerRequest http) {
        String fault = Framing.fault(http);
        if (fault != null) {
            metrics.badFraming();
            refuse(http, Refused.of(ErrorCode.BAD_REQUEST, fault), true);
            return;
        }
        Endpoint endpoint = endpoint(http.path());
        if (endpoint == null) {
            side(http);
        } else if (HttpMethod.POST.equals(http.method())) {
            completions.handle(http, endpoint);
        } else {
            http.response().headers().set("allow", "POST");
            refuse(http, Refused.of(ErrorCode.METHOD_NOT_ALLOWED, "method: (expected: POST)"), false);
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

    private void side(HttpServerRequest http) {
        try {
            sides.handle(http);
        } catch (Refused refused) {
            refuse(http, refused, false);
        }
    }

    private void refuse(HttpServerRequest http, Refused refused, boolean close) {
        var error = new ErrorBody(refused, options.current().get().gateway().blockStatus());
        if (close) {
            http.response().headers().set("connection", "close");
        }
        Reply.error(vertx, http, ids.next(), error, options.timings());
    }
}

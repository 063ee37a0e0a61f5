package com.keeptrusts.gateway.simulator.server;

import com.keeptrusts.gateway.simulator.fault.Connection;
import com.keeptrusts.gateway.simulator.observe.Counters;
import com.keeptrusts.gateway.simulator.script.Script;
import com.keeptrusts.gateway.simulator.script.ScriptPlayer;
import com.keeptrusts.gateway.simulator.script.Stage;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.concurrent.atomic.AtomicBoolean;

/** Answers by script; no key is asked for and no field is checked. */
final class ScriptEndpoint {

    private final World world;
    private final Replies replies;

    ScriptEndpoint(World world, Replies replies) {
        this.world = world;
        this.replies = replies;
    }

    void play(Call call, Script script) {
        Stage stage = script.raw() ? rawStage(call.http()) : bodyStage(call.http(), script);
        Counters counters = world.counters();
        var over = new AtomicBoolean();
        counters.streamStarted();
        stage.onGone(() -> {
            if (!over.getAndSet(true)) {
                counters.streamCancelled(new Counters.Cancelled(call.model(), 0, 0));
            }
        });
        new ScriptPlayer(script, stage, () -> {
                    if (!over.getAndSet(true)) {
                        counters.streamCompleted(0);
                    }
                })
                .play();
    }

    private static Stage rawStage(HttpServerRequest request) {
        if (request.version() == HttpVersion.HTTP_2) {
            throw new IllegalArgumentException("raw: over HTTP/2 (expected: a body script)");
        }
        return new RawStage(Connection.of(request.connection()));
    }

    private Stage bodyStage(HttpServerRequest request, Script script) {
        replies.head(request, script.status(), script.contentType());
        return new BodyStage(request);
    }
}

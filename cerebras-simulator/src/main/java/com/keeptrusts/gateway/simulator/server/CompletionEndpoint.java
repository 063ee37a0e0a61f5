package com.keeptrusts.gateway.simulator.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.keeptrusts.gateway.simulator.Model;
import com.keeptrusts.gateway.simulator.SimulatorSettings;
import com.keeptrusts.gateway.simulator.fault.Interruption;
import com.keeptrusts.gateway.simulator.limit.Limits;
import com.keeptrusts.gateway.simulator.limit.RateModel.Admission;
import com.keeptrusts.gateway.simulator.limit.RateModel.Exceeded;
import com.keeptrusts.gateway.simulator.pace.Feed.Ending;
import com.keeptrusts.gateway.simulator.pace.Ticker;
import com.keeptrusts.gateway.simulator.refusal.Refusal;
import com.keeptrusts.gateway.simulator.refusal.Refusals;
import com.keeptrusts.gateway.simulator.request.CompletionRequest;
import com.keeptrusts.gateway.simulator.request.Kind;
import com.keeptrusts.gateway.simulator.request.Options;
import com.keeptrusts.gateway.simulator.request.Schema;
import com.keeptrusts.gateway.simulator.request.Violation;
import com.keeptrusts.gateway.simulator.script.Script;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;

/** Both ways to ask for a completion: faults first, then the checks of the service in its order, then the answer. */
final class CompletionEndpoint {

    private final Vertx vertx;
    private final World world;
    private final SimulatorSettings settings;
    private final Replies replies;
    private final Refusals refusals;
    private final Gate gate;
    private final Schema schema;
    private final ScriptEndpoint scripts;
    private final Delivery delivery;

    CompletionEndpoint(Vertx vertx, World world, Replies replies, Ticker ticker) {
        this.vertx = vertx;
        this.world = world;
        this.replies = replies;
        settings = world.settings();
        refusals = Refusals.of(settings.persona());
        gate = new Gate(settings);
        schema = Schema.of(settings.persona());
        scripts = new ScriptEndpoint(world, replies);
        delivery = new Delivery(world, replies, ticker);
    }

    void handle(HttpServerRequest request, Kind kind, Buffer body, Options ofHeaders, long acceptedAt) {
        Optional<JsonNode> document = RequestBody.read(request, body);
        ModelName model =
                ModelName.of(document.map(found -> found.path("model").asText()).orElse(""));
        world.counters().requested(model.id());
        Options options = ofHeaders
                .over(model.options())
                .over(world.faults().roll(model.id()))
                .over(world.options().get());
        var call = new Call(request, kind, document, model.id(), options, acceptedAt);
        int delay = options.whole("delay_ms", 0);
        if (delay > 0) {
            vertx.setTimer(delay, _ -> begin(call));
        } else {
            begin(call);
        }
    }

    private void begin(Call call) {
        try {
            script(call)
                    .ifPresentOrElse(
                            script -> scripts.play(call, script),
                            () -> Interruption.of(call.options(), refusals)
                                    .ifPresentOrElse(
                                            interruption -> interrupt(call, interruption), () -> answer(call)));
        } catch (IllegalArgumentException e) {
            replies.misuse(call.http(), e);
        }
    }

    private Optional<Script> script(Call call) {
        String id = call.options().text("script");
        return id == null
                ? world.scripts().ofModel(call.model())
                : world.scripts().find(id);
    }

    private void interrupt(Call call, Interruption interruption) {
        switch (interruption) {
            case Interruption.Reply(Refusal refusal) -> replies.refuse(call.http(), refusal, call.options());
            case Interruption.Silence(Ending ending) -> ResponseOutlet.silence(call.http(), ending);
        }
    }

    private void answer(Call call) {
        Optional<Refusal> refusal = gate.refusal(call.http());
        if (refusal.isEmpty() && call.document().isEmpty()) {
            refusal = Optional.of(refusals.unreadable());
        }
        if (refusal.isPresent()) {
            replies.refuse(call.http(), refusal.get());
            return;
        }
        call.document().ifPresent(document -> answer(call, document));
    }

    private void answer(Call call, JsonNode document) {
        Violation violation = schema.check(call.kind(), document, version(call.http()));
        if (violation != null) {
            replies.refuse(call.http(), refusals.violation(violation));
            return;
        }
        settings.models()
                .find(call.model())
                .ifPresentOrElse(
                        model -> complete(call, document, model),
                        () -> replies.refuse(call.http(), refusals.unknownModel(call.model())));
    }

    /** The version of the rules that the caller asks for; one that is no number is the present one. */
    private static int version(HttpServerRequest request) {
        String asked = request.getHeader("X-Cerebras-Version-Patch");
        return asked != null && asked.strip().matches("\\d{1,4}")
                ? Integer.parseInt(asked.strip())
                : Schema.STRICT_VERSION;
    }

    private void complete(Call call, JsonNode document, Model model) {
        var request = CompletionRequest.of(
                call.kind(), document, call.model(), call.options().flag("tools", false));
        if (request.promptTokens() + Math.max(0, request.mostTokens()) > model.contextLimit()) {
            replies.refuse(
                    call.http(),
                    refusals.contextLength(
                            request.promptTokens() + Math.max(0, request.mostTokens()), model.contextLimit()));
            return;
        }
        Limits limits = Limits.of(call.options());
        Admission admission = world.rates()
                .admit(Gate.key(call.http()), model.id(), request.promptTokens(), request.mostTokens(), limits);
        admission
                .exceeded()
                .ifPresentOrElse(
                        exceeded -> refuse(call, admission, exceeded),
                        () -> delivery.start(call, request, model, admission));
    }

    private void refuse(Call call, Admission admission, Exceeded exceeded) {
        QuotaHeaders.put(call.http().response().headers(), settings.persona(), admission.standing());
        double wait = exceeded.period().equals("day")
                ? admission.standing().requestsReset()
                : admission.standing().tokensReset();
        Options options = call.options().flag("limit_retry_after", false)
                ? call.options().with("retry_after", (long) Math.ceil(wait))
                : call.options();
        replies.refuse(call.http(), refusals.quota(exceeded.what(), exceeded.period()), options);
    }
}

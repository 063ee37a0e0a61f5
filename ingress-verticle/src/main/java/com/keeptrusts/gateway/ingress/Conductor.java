package com.keeptrusts.gateway.ingress;

import com.keeptrusts.gateway.contract.Bus;
import com.keeptrusts.gateway.contract.Bytes;
import com.keeptrusts.gateway.contract.CompletionCall;
import com.keeptrusts.gateway.contract.Deadline;
import com.keeptrusts.gateway.contract.ErrorCode;
import com.keeptrusts.gateway.contract.Phase;
import com.keeptrusts.gateway.contract.PolicyStep;
import com.keeptrusts.gateway.contract.Window;
import com.keeptrusts.gateway.json.Splice;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.List;
import java.util.Objects;
import java.util.function.IntFunction;

/** Asks a provider for the answer to a reviewed request and brings it to the client, reviewed in its turn. */
final class Conductor {

    private final IngressOptions options;
    private final Bus bus;
    private final Workers workers;
    private final Completions completions;
    private final PolicyChain chain;
    private final Verdicts verdicts;
    private final Conclusions conclusions;
    private final Heartbeat heartbeat;
    private final IngressMetrics metrics;

    Conductor(
            IngressOptions options,
            Bus bus,
            Workers workers,
            Completions completions,
            PolicyChain chain,
            Verdicts verdicts,
            Conclusions conclusions,
            Heartbeat heartbeat,
            IngressMetrics metrics) {
        this.options = options;
        this.bus = bus;
        this.workers = workers;
        this.completions = completions;
        this.chain = chain;
        this.verdicts = verdicts;
        this.conclusions = conclusions;
        this.heartbeat = heartbeat;
        this.metrics = metrics;
    }

    /** Completes when the response has ended. */
    Future<Void> answer(Journey journey, ModelRequest ask) {
        journey.checkPresent();
        return ask.stream() ? stream(journey, ask) : whole(journey, ask);
    }

    private Future<Void> whole(Journey journey, ModelRequest ask) {
        Promise<JsonAnswer.Body> arrived = Promise.promise();
        Completion call = completions.start(
                journey.id(), total(journey, ask), calls(journey, ask), new JsonAnswer(journey, arrived));
        journey.onLeave(() -> {
            call.cancel("client_disconnected");
            arrived.tryFail(new Gone());
        });
        journey.onCut(() -> {
            call.cancel("shutting_down");
            arrived.tryFail(Refused.of(ErrorCode.SHUTTING_DOWN, "This node is shutting down."));
        });
        return arrived.future()
                .onFailure(_ -> call.cancel("given_up"))
                .compose(body -> reviewed(journey, body))
                .compose(bytes -> deliver(journey, bytes));
    }

    private Future<Bytes> reviewed(Journey journey, JsonAnswer.Body body) {
        List<PolicyStep> steps = journey.config().outputChain();
        if (steps.isEmpty() && journey.restorations().isEmpty()) {
            return Future.succeededFuture(body.bytes());
        }
        EditableTexts texts = AnswerTexts.of(body);
        return chain.review(journey, Phase.OUTPUT, steps, texts).map(_ -> {
            boolean redacted = texts.edited();
            journey.restorations().applyTo(texts);
            byte[] bytes = texts.spliced();
            return Bytes.owning(redacted ? withoutTokenDetails(bytes) : bytes);
        });
    }

    private static byte[] withoutTokenDetails(byte[] answer) {
        return Splice.apply(answer, 0, answer.length, TokenDetails.withheld(answer, 0, answer.length));
    }

    private Future<Void> deliver(Journey journey, Bytes bytes) {
        journey.checkPresent();
        var started = Objects.requireNonNull(journey.started());
        journey.sent(bytes.length());
        Commitments commitments = JourneyEntries.commitments(journey);
        if (commitments != null) {
            journey.sentDigest(commitments.running().doFinal(bytes.array()));
        }
        if (Attribution.keeps(journey)) {
            journey.keepsSent().add(bytes.toBuffer());
        }
        return conclusions.conclude(journey, Outcome.complete(started.status())).compose(_ -> {
            journey.checkPresent();
            var response = journey.http().response();
            response.setStatusCode(started.status());
            Reply.head(journey);
            if (!response.headers().contains("content-type")) {
                response.headers().set("content-type", "application/json");
            }
            return response.end(bytes.toBuffer());
        });
    }

    private Future<Void> stream(Journey journey, ModelRequest ask) {
        Promise<Void> done = Promise.promise();
        Commitments commitments = JourneyEntries.commitments(journey);
        var out = new SseWriter(
                journey,
                commitments == null ? null : commitments.running(),
                Attribution.keeps(journey) ? journey.keepsSent() : null);
        var answer = new StreamAnswer(journey, out, conclusions, options.timings(), done);
        reviews(journey, answer);
        Completion call = completions.start(journey.id(), total(journey, ask), calls(journey, ask), answer);
        answer.of(call);
        heartbeat.add(answer);
        metrics.streamOpened();
        journey.onLeave(answer::abandon);
        journey.onCut(answer::cutShort);
        return done.future().onComplete(_ -> {
            heartbeat.remove(answer);
            metrics.streamClosed();
        });
    }

    private void reviews(Journey journey, StreamAnswer answer) {
        List<PolicyStep> steps = journey.config().outputChain();
        if (steps.isEmpty() && journey.restorations().isEmpty()) {
            return;
        }
        var pipeline = new OutputPipeline(journey, verdicts, answer);
        for (PolicyStep step : steps) {
            pipeline.add(step, new RemoteReviewer(journey.id(), step, workers, bus, options.node(), options.timings()));
        }
        if (!journey.restorations().isEmpty()) {
            pipeline.addSilent(new RestoringReviewer(journey.restorations()));
        }
        answer.through(pipeline);
    }

    private IntFunction<CompletionCall> calls(Journey journey, ModelRequest ask) {
        Bytes changed = journey.redacted();
        Bytes body = changed == null ? ask.bytes() : changed;
        boolean extract = !journey.config().outputChain().isEmpty()
                || !journey.restorations().isEmpty();
        long total = total(journey, ask);
        return epoch -> new CompletionCall(
                journey.id(),
                epoch,
                Deadline.in(options.node(), options.timings().providerAccept().toMillis()),
                total,
                completions.address(),
                ask.endpoint(),
                journey.config().providerDigest(),
                ask.model(),
                ask.stream(),
                ask.includeUsage(),
                extract,
                UpstreamHeaders.of(journey.http().headers()),
                body,
                Window.INITIAL,
                journey.config().sizeLimits().maxResponseBytes());
    }

    /**
     * Who waits for a whole answer tells how long, cut to whole seconds; who streams tells only how long he waits for
     * the next piece. A second more, so that it is the client who gives up, as it does without a gateway.
     */
    private long total(Journey journey, ModelRequest ask) {
        long ours = options.timings().total().toMillis();
        String theirs = journey.http().getHeader("x-stainless-timeout");
        if (theirs == null || ask.stream()) {
            return ours;
        }
        try {
            double seconds = Double.parseDouble(theirs);
            return seconds >= 0 ? (long) Math.clamp((seconds + 1) * 1000, 1.0, (double) ours) : ours;
        } catch (NumberFormatException e) {
            return ours;
        }
    }
}

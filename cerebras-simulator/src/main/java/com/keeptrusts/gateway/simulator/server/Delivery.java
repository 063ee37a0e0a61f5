package com.keeptrusts.gateway.simulator.server;

import com.keeptrusts.gateway.simulator.Model;
import com.keeptrusts.gateway.simulator.Persona;
import com.keeptrusts.gateway.simulator.answer.Answer;
import com.keeptrusts.gateway.simulator.answer.Composer;
import com.keeptrusts.gateway.simulator.answer.Dialects;
import com.keeptrusts.gateway.simulator.answer.Dice;
import com.keeptrusts.gateway.simulator.fault.BodyFaults;
import com.keeptrusts.gateway.simulator.fault.FaultyFeed;
import com.keeptrusts.gateway.simulator.limit.RateModel.Admission;
import com.keeptrusts.gateway.simulator.observe.Counters;
import com.keeptrusts.gateway.simulator.pace.DocumentFeed;
import com.keeptrusts.gateway.simulator.pace.EventFeed;
import com.keeptrusts.gateway.simulator.pace.Feed;
import com.keeptrusts.gateway.simulator.pace.Pace;
import com.keeptrusts.gateway.simulator.pace.PacedAnswer;
import com.keeptrusts.gateway.simulator.pace.Ticker;
import com.keeptrusts.gateway.simulator.refusal.Refusals;
import com.keeptrusts.gateway.simulator.request.CompletionRequest;
import com.keeptrusts.gateway.simulator.request.Kind;
import com.keeptrusts.gateway.simulator.request.Options;
import io.vertx.core.http.HttpServerResponse;
import java.time.Instant;
import java.util.UUID;

/** Lets the model answer: composes, writes the head, and hands the rest to the clock. */
final class Delivery {

    private static final String JSON = "application/json";
    private static final String EVENTS = "text/event-stream; charset=utf-8";

    private final World world;
    private final Replies replies;
    private final Ticker ticker;
    private final Composer composer;
    private final Refusals refusals;
    private final Persona persona;
    private final long seed;

    Delivery(World world, Replies replies, Ticker ticker) {
        this.world = world;
        this.replies = replies;
        this.ticker = ticker;
        persona = world.settings().persona();
        seed = world.settings().seed();
        composer = new Composer(seed);
        refusals = Refusals.of(persona);
    }

    void start(Call call, CompletionRequest request, Model model, Admission admission) {
        Options options = call.options().has("reasoning")
                ? call.options()
                : call.options().with("reasoning", model.reasoningShare());
        Answer answer = composer.compose(
                request, options, identity(request), world.answers().choose(request, options), model.contextLimit());
        Pace pace = model.pace().with(options);
        boolean streams =
                request.stream() ? !options.flag("json_for_stream", false) : options.flag("stream_for_json", false);
        Feed feed = feed(answer, request, pace, options, streams);
        putHead(
                replies.head(call.http(), 200, options.text("content_type", streams ? EVENTS : JSON)),
                answer,
                options,
                admission);
        var outlet = new ResponseOutlet(call.http(), options.whole("slice", 0));
        if (options.flag("early_headers", false)) {
            outlet.sendHead();
        }
        world.counters().streamStarted();
        var witness = new StreamWitness(world, request.model(), answer, admission);
        ticker.start(new PacedAnswer(feed, pace, outlet, witness, seed, call.acceptedAt()));
    }

    private void putHead(HttpServerResponse response, Answer answer, Options options, Admission admission) {
        switch (persona) {
            case CEREBRAS ->
                response.putHeader("inference-id", answer.identity().id());
            case OPENAI -> response.putHeader("openai-processing-ms", "42");
        }
        QuotaHeaders.put(response.headers(), persona, admission.standing());
        if (options.flag("gzip", false)) {
            response.putHeader("content-encoding", "gzip");
        }
        Replies.putOwnHeader(response, options);
    }

    private Answer.Identity identity(CompletionRequest request) {
        long number = world.requestNumber().incrementAndGet();
        var unique = new UUID(
                (Dice.roll(seed, number) & ~0xF000L) | 0x4000L, (Dice.roll(seed, -number) >>> 2) | Long.MIN_VALUE);
        long fingerprint = Dice.roll(seed, request.model().hashCode());
        return new Answer.Identity(
                (request.kind() == Kind.CHAT ? "chatcmpl-" : "cmpl-") + unique,
                Instant.now().getEpochSecond(),
                request.model(),
                String.format("fp_%016x%04x", fingerprint, seed & 0xFFFF));
    }

    private Feed feed(Answer answer, CompletionRequest request, Pace pace, Options options, boolean streams) {
        var dialect = Dialects.of(persona, answer, request);
        Feed feed = streams
                ? new EventFeed(answer, dialect, pace.tokensPerEvent(), seed, options.flag("done", true))
                : new DocumentFeed(answer, dialect);
        return BodyFaults.askedFor(options) ? new FaultyFeed(feed, BodyFaults.of(options), refusals) : feed;
    }

    /** Keeps the books of one answer. */
    private record StreamWitness(World world, String model, Answer answer, Admission admission)
            implements PacedAnswer.Witness {

        @Override
        public void late(long micros) {
            world.lag().record(micros);
        }

        @Override
        public void ended(long tokens, boolean peerGone) {
            world.rates().settle(admission, answer.promptTokens() + tokens * answer.choices());
            if (peerGone) {
                world.counters().streamCancelled(new Counters.Cancelled(model, tokens, answer.length()));
            } else {
                world.counters().streamCompleted(tokens);
            }
        }
    }
}

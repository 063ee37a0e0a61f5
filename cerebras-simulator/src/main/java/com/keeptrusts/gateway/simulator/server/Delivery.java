package com.keeptrusts.gateway.simulator.server;

import com.keeptrusts.gateway.simulator.Model;
import com.keeptrusts.gateway.simulator.Persona;
import com.keeptrusts.gateway.simulator.answer.Answer;
import com.keeptrusts.gateway.simulator.answer.CerebrasDialect;
import com.keeptrusts.gateway.simulator.answer.CerebrasTextDialect;
import com.keeptrusts.gateway.simulator.answer.Composer;
import com.keeptrusts.gateway.simulator.answer.Dialect;
import com.keeptrusts.gateway.simulator.answer.Dice;
import com.keeptrusts.gateway.simulator.observe.Counters;
import com.keeptrusts.gateway.simulator.pace.DocumentFeed;
import com.keeptrusts.gateway.simulator.pace.EventFeed;
import com.keeptrusts.gateway.simulator.pace.Feed;
import com.keeptrusts.gateway.simulator.pace.Pace;
import com.keeptrusts.gateway.simulator.pace.PacedAnswer;
import com.keeptrusts.gateway.simulator.pace.Ticker;
import com.keeptrusts.gateway.simulator.request.CompletionRequest;
import com.keeptrusts.gateway.simulator.request.Kind;
import com.keeptrusts.gateway.simulator.request.Options;
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
    private final Persona persona;
    private final long seed;

    Delivery(World world, Replies replies, Ticker ticker) {
        this.world = world;
        this.replies = replies;
        this.ticker = ticker;
        persona = world.settings().persona();
        seed = world.settings().seed();
        composer = new Composer(seed);
    }

    void start(CompletionEndpoint.Call call, CompletionRequest request, Model model) {
        Options options = call.options().has("reasoning")
                ? call.options()
                : call.options().with("reasoning", model.reasoningShare());
        Answer answer = composer.compose(
                request, options, identity(request), world.answers().choose(request, options), model.contextLimit());
        Pace pace = model.pace().with(options);
        boolean streams =
                request.stream() ? !options.flag("json_for_stream", false) : options.flag("stream_for_json", false);
        Feed feed = feed(answer, request, pace, options, streams);
        var response = replies.head(
                call.http(),
                200,
                options.text("content_type") != null
                        ? String.valueOf(options.text("content_type"))
                        : streams ? EVENTS : JSON);
        if (persona == Persona.CEREBRAS) {
            response.putHeader("inference-id", answer.identity().id());
        }
        var outlet = new ResponseOutlet(call.http());
        if (options.flag("early_headers", false)) {
            outlet.sendHead();
        }
        world.counters().streamStarted();
        ticker.start(new PacedAnswer(feed, pace, outlet, witness(request, answer), seed, call.acceptedAt()));
    }

    private Answer.Identity identity(CompletionRequest request) {
        long number = world.requestNumber().incrementAndGet();
        var unique = new UUID(
                (Dice.roll(seed, number) & ~0xF000L) | 0x4000L, (Dice.roll(seed, -number) >>> 2) | Long.MIN_VALUE);
        String prefix = request.kind() == Kind.CHAT ? "chatcmpl-" : "cmpl-";
        return new Answer.Identity(
                prefix + unique,
                Instant.now().getEpochSecond(),
                request.model(),
                "fp_"
                        + String.format(
                                "%016x%04x", Dice.roll(seed, request.model().hashCode()), seed & 0xFFFF));
    }

    private Feed feed(Answer answer, CompletionRequest request, Pace pace, Options options, boolean streams) {
        Dialect dialect = dialect(answer, request);
        return streams
                ? new EventFeed(answer, dialect, pace.tokensPerEvent(), seed, options.flag("done", true))
                : new DocumentFeed(answer, dialect);
    }

    private Dialect dialect(Answer answer, CompletionRequest request) {
        return switch (request.kind()) {
            case CHAT -> new CerebrasDialect(answer);
            case TEXT -> new CerebrasTextDialect(answer);
        };
    }

    private PacedAnswer.Witness witness(CompletionRequest request, Answer answer) {
        return new PacedAnswer.Witness() {
            @Override
            public void late(long micros) {
                world.lag().record(micros);
            }

            @Override
            public void ended(long tokens, boolean peerGone) {
                if (peerGone) {
                    world.counters().streamCancelled(new Counters.Cancelled(request.model(), tokens, answer.length()));
                } else {
                    world.counters().streamCompleted(tokens);
                }
            }
        };
    }
}

package com.keeptrusts.gateway.simulator;

import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.keeptrusts.gateway.simulator.answer.Answer;
import com.keeptrusts.gateway.simulator.answer.ByteRow;
import com.keeptrusts.gateway.simulator.answer.Dialects;
import com.keeptrusts.gateway.simulator.answer.Spread;
import com.keeptrusts.gateway.simulator.answer.Tokens;
import com.keeptrusts.gateway.simulator.pace.EventFeed;
import com.keeptrusts.gateway.simulator.pace.Feed;
import com.keeptrusts.gateway.simulator.pace.Outlet;
import com.keeptrusts.gateway.simulator.pace.Pace;
import com.keeptrusts.gateway.simulator.pace.PacedAnswer;
import com.keeptrusts.gateway.simulator.request.CompletionRequest;
import com.keeptrusts.gateway.simulator.request.Kind;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
class PacingTest {

    private static final long START = 1_000_000_000L;

    /** Remembers how many events each write carried. */
    private static final class Ledger implements Outlet, PacedAnswer.Witness {
        final List<Integer> events = new ArrayList<>();
        final List<Long> lateMicros = new ArrayList<>();
        boolean full;
        boolean gone;
        long endedWith = -1;

        @Override
        public void write(ByteRow bytes) {
            String text = bytes.seal().toString();
            events.add(text.split("data: ", -1).length - 1);
        }

        @Override
        public void end(ByteRow bytes, Feed.Ending ending) {
            write(bytes);
        }

        @Override
        public boolean full() {
            return full;
        }

        @Override
        public boolean gone() {
            return gone;
        }

        @Override
        public void late(long micros) {
            lateMicros.add(micros);
        }

        @Override
        public void ended(long tokens, boolean peerGone) {
            endedWith = tokens;
        }
    }

    private static PacedAnswer paced(Ledger ledger, Pace pace, int tokens) {
        var request = CompletionRequest.of(Kind.CHAT, Caller.json(Caller.HELLO), "m", false);
        var answer =
                new Answer(new Answer.Identity("id", 1, "m", "fp"), 1, Tokens.generated(1, tokens), 0, null, "stop", 3);
        var feed =
                new EventFeed(answer, Dialects.of(Persona.CEREBRAS, answer, request), pace.tokensPerEvent(), 1, true);
        return new PacedAnswer(feed, pace, ledger, ledger, 1, START);
    }

    private static Pace at(double rate, double flushMillis) {
        return new Pace(rate, Spread.of(1), Spread.of(9), Spread.of(1), Spread.of(flushMillis));
    }

    private static long millis(double after) {
        return START + (long) (after * 1e6);
    }

    @Test
    void nothingLeavesBeforeTheFirstTokenIsDue() {
        var ledger = new Ledger();
        var answer = paced(ledger, at(1000, 1), 10);

        answer.tick(millis(9.99));
        assertThat(ledger.events).isEmpty();
        answer.tick(millis(10));

        assertThat(ledger.events).containsExactly(1);
    }

    @Test
    void eachTickSendsExactlyWhatIsDueHoweverLateItComes() {
        var ledger = new Ledger();
        var answer = paced(ledger, at(2000, 1), 100);

        answer.tick(millis(10 + 1)); // opening and 2 tokens
        answer.tick(millis(10 + 2)); // 2 more
        answer.tick(millis(10 + 2.2)); // none
        answer.tick(millis(10 + 12.4)); // 20 more, of 24 due by then
        answer.tick(millis(10 + 12.5)); // the 25th

        assertThat(ledger.events).containsExactly(3, 2, 20, 1);
        assertThat(ledger.lateMicros).containsExactly(1000L, 500L, 9900L, 0L);
    }

    @Test
    void theAnswerEndsWhenItsLastTokenIsDue() {
        var ledger = new Ledger();
        var answer = paced(ledger, at(1000, 1), 50);

        assertThat(answer.tick(millis(10 + 49.9))).isFalse();
        assertThat(answer.tick(millis(10 + 50))).isTrue();

        assertThat(ledger.events).containsExactly(1 + 49, 1 + 2);
        assertThat(ledger.endedWith).isEqualTo(50);
    }

    @Test
    void betweenFlushesTokensAreHeldBack() {
        var ledger = new Ledger();
        var answer = paced(ledger, at(1000, 10), 1000);

        for (double after = 0; after < 35; after += 0.5) {
            answer.tick(millis(10 + after));
        }

        assertThat(ledger.events).containsExactly(1, 10, 10, 10);
    }

    @Test
    void aPeerThatDoesNotReadDelaysBytesButNotTheClock() {
        var ledger = new Ledger();
        var answer = paced(ledger, at(1000, 1), 1000);

        ledger.full = true;
        answer.tick(millis(10 + 100));
        ledger.full = false;
        answer.tick(millis(10 + 200));

        assertThat(ledger.events).containsExactly(1 + 200);
        assertThat(ledger.lateMicros).isEmpty();
    }

    @Test
    void aPeerThatGoesLeavesTheTokensGeneratedSoFar() {
        var ledger = new Ledger();
        var answer = paced(ledger, at(1000, 1), 1000);

        answer.tick(millis(10 + 100));
        ledger.gone = true;

        assertThat(answer.tick(millis(10 + 123))).isTrue();
        assertThat(ledger.endedWith).isEqualTo(123);
    }

    @Test
    void aRealStreamTakesTheTimeOfItsRateAndReportsIt(Vertx vertx) throws Exception {
        var settings = SimulatorSettings.cerebras()
                .with("rate", 2000)
                .with("ttft_ms", 20)
                .with("queue_ms", 5)
                .with("tokens", 1000);
        var simulator = CerebrasSimulator.start(vertx, settings).await(10, SECONDS);
        var caller = new Caller(vertx, simulator.port());

        long before = System.nanoTime();
        var reply = caller.chat(Caller.streamed(""));
        long took = NANOSECONDS.toMillis(System.nanoTime() - before);

        JsonNode time = reply.chunks().getLast().path("time_info");
        assertThat(took).isBetween(525L, 1500L);
        assertThat(time.path("queue_time").asDouble()).isEqualTo(0.005);
        assertThat(time.path("prompt_time").asDouble()).isEqualTo(0.02);
        assertThat(time.path("completion_time").asDouble()).isGreaterThanOrEqualTo(0.5);
        assertThat(time.path("total_time").asDouble())
                .isCloseTo(time.path("completion_time").asDouble() + 0.025, within(1e-6));
        assertThat(simulator.lag().writes()).isPositive();
    }
}

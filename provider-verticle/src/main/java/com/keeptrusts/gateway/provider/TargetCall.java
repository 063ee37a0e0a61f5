package com.keeptrusts.gateway.provider;

import static com.keeptrusts.gateway.contract.ErrorCode.UPSTREAM_ERROR;
import static com.keeptrusts.gateway.contract.ErrorCode.UPSTREAM_INVALID_STREAM;

import com.keeptrusts.gateway.contract.Bytes;
import com.keeptrusts.gateway.contract.Header;
import com.keeptrusts.gateway.provider.settings.Timeouts;
import com.keeptrusts.gateway.provider.sse.JsonAnswer;
import com.keeptrusts.gateway.provider.sse.Measured;
import com.keeptrusts.gateway.provider.sse.StreamStep;
import com.keeptrusts.gateway.provider.sse.StreamedAnswer;
import com.keeptrusts.gateway.provider.upstream.AttemptFailure;
import com.keeptrusts.gateway.provider.upstream.UpstreamExchange;
import com.keeptrusts.gateway.provider.upstream.UpstreamFailures;
import io.vertx.core.http.HttpClientResponse;
import java.io.ByteArrayOutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One call of one target: what kind of answer comes, whether it comes in time, and what it says. Every time limit is
 * looked at by {@link #tick}, for timers per event would cost more than the events.
 */
final class TargetCall implements UpstreamExchange.Listener {

    /** Hears what the target answers. {@code finished} or {@code failed} is the last. */
    interface Progress {

        /** From here on there is no other target. */
        void begun(int status, List<Header> headers, boolean stream);

        void frame(StreamStep.Frame frame);

        void finished(StreamStep.Frame last, Measured measured, List<String> finishReasons, int status);

        /** Before {@code begun} others may be tried, after it the answer is broken. */
        void failed(AttemptFailure failure);

        void connectionReplaced();
    }

    private enum Phase {
        HEAD,
        ERROR_BODY,
        /** A stream is expected; its first bytes will tell. */
        OPENING,
        /** A stream was expected; what comes instead may say why. */
        NO_STREAM,
        JSON_BODY,
        STREAM,
        REST,
        OVER
    }

    private static final int LONGEST_ERROR = 64 * 1024;
    private static final long ERROR_BODY_MILLIS = 2_000;
    private static final long COMPLETE_BUT_SILENT_MILLIS = 2_000;
    private static final long REST_MILLIS = 1_000;

    private final Timeouts timeouts;
    private final Wanted wanted;
    private final StreamedAnswer answer;
    private final Progress progress;
    private final Patience patience = new Patience();
    private final ByteArrayOutputStream body = new ByteArrayOutputStream(0);

    private Phase phase = Phase.HEAD;
    private @Nullable UpstreamExchange exchange;
    private @Nullable AnswerHead head;
    private long streamed;
    private boolean paused;

    TargetCall(Timeouts timeouts, Wanted wanted, StreamedAnswer answer, Progress progress) {
        this.timeouts = timeouts;
        this.wanted = wanted;
        this.answer = answer;
        this.progress = progress;
    }

    void begin(UpstreamExchange upstream) {
        exchange = upstream;
        upstream.begin();
    }

    void abort() {
        phase = Phase.OVER;
        if (exchange != null) {
            exchange.abort();
        }
    }

    /** Stops reading while the ingress has no room; its end comes without being asked for. */
    void pause() {
        if (!paused && exchange != null && phase == Phase.STREAM && !answer.terminal()) {
            paused = true;
            exchange.pause();
        }
    }

    void resume() {
        if (paused && exchange != null) {
            paused = false;
            patience.progressed();
            exchange.resume();
        }
    }

    boolean isOver() {
        return phase == Phase.OVER;
    }

    /** The time that this process did not run is not the target's silence. */
    void excuse(long nanos) {
        patience.excuse(nanos);
    }

    /** Looks at the clock. */
    void tick(long now) {
        switch (phase) {
            case HEAD -> {
                if (patience.startedBefore(now, wanted.stream() ? timeouts.firstToken() : timeouts.json())) {
                    fail(UpstreamFailures.timeout("first_token_timeout", 0));
                }
            }
            case ERROR_BODY, NO_STREAM -> {
                if (patience.turnedBefore(now, ERROR_BODY_MILLIS)) {
                    failWithBody();
                }
            }
            case JSON_BODY -> failWhenIdle(now);
            case OPENING -> failWithoutToken(now);
            case STREAM -> tickStream(now);
            case REST -> {
                if (patience.turnedBefore(now, REST_MILLIS)) {
                    abort();
                }
            }
            case OVER -> {}
        }
        if (phase != Phase.OVER && phase != Phase.REST && patience.startedBefore(now, timeouts.total())) {
            fail(UpstreamFailures.timeout("total_timeout", status()));
        }
    }

    @Override
    public void onHead(HttpClientResponse response) {
        var arrived = new AnswerHead(response);
        head = arrived;
        patience.progressed();
        if (!arrived.succeeded()) {
            enter(Phase.ERROR_BODY);
        } else if (arrived.isPacked()) {
            fail(UpstreamFailures.invalid(
                    "unknown_encoding", UPSTREAM_ERROR, status(), "the target encodes its answer as nobody asked"));
        } else {
            enter(wanted.stream() ? Phase.OPENING : Phase.JSON_BODY);
        }
    }

    @Override
    public void onRead(byte[] bytes) {
        switch (phase) {
            case ERROR_BODY, NO_STREAM -> {
                body.write(bytes, 0, Math.min(bytes.length, LONGEST_ERROR - body.size()));
                if (body.size() >= LONGEST_ERROR) {
                    failWithBody();
                }
            }
            case OPENING -> open(bytes);
            case JSON_BODY -> readJson(bytes);
            case STREAM -> readEvents(bytes);
            case HEAD, REST, OVER -> {}
        }
    }

    @Override
    public void onEnd() {
        switch (phase) {
            case ERROR_BODY, NO_STREAM -> failWithBody();
            case JSON_BODY -> answerWithJson();
            case OPENING -> {
                readEvents(body.toByteArray());
                take(answer.end());
            }
            case STREAM -> take(answer.end());
            case REST -> phase = Phase.OVER;
            case HEAD, OVER -> {}
        }
    }

    @Override
    public void onFailure(AttemptFailure failure) {
        switch (phase) {
            case HEAD, OPENING, JSON_BODY -> fail(failure);
            case ERROR_BODY, NO_STREAM -> failWithBody();
            case STREAM -> {
                take(answer.endIfComplete());
                fail(failure);
            }
            case REST -> phase = Phase.OVER;
            case OVER -> {}
        }
    }

    @Override
    public void onStaleConnection() {
        progress.connectionReplaced();
    }

    /** What the client may see of the head of an answer that was none. */
    List<Header> refusalHeaders() {
        return head == null ? List.of() : head.refusalHeaders();
    }

    private void open(byte[] bytes) {
        body.write(bytes, 0, bytes.length);
        byte[] beginning = body.toByteArray();
        switch (AnswerForm.of(beginning)) {
            case EVENTS -> stream(beginning);
            case JSON -> withoutStream();
            case OTHER -> {
                if (head != null && head.saysEvents()) {
                    stream(beginning); // fields that nobody knows are no error
                } else {
                    withoutStream();
                }
            }
            case UNDECIDED -> {
                if (body.size() >= LONGEST_ERROR) {
                    withoutStream();
                }
            }
        }
    }

    private void stream(byte[] beginning) {
        enter(Phase.STREAM);
        readEvents(beginning);
    }

    private void withoutStream() {
        enter(Phase.NO_STREAM);
        if (body.size() >= LONGEST_ERROR) {
            failWithBody();
        }
    }

    private void readEvents(byte[] bytes) {
        streamed += bytes.length;
        if (streamed > wanted.mostBytes()) {
            fail(UpstreamFailures.tooLong(wanted.mostBytes(), status()));
            return;
        }
        List<StreamStep> steps = answer.feed(bytes);
        patience.arrived(bytes.length, !steps.isEmpty());
        take(steps);
    }

    private void tickStream(long now) {
        if (!answer.begun()) {
            failWithoutToken(now);
        } else if (answer.terminal()) {
            if (patience.progressedBefore(now, Math.min(COMPLETE_BUT_SILENT_MILLIS, timeouts.idle()))) {
                take(answer.endIfComplete());
                failWhenIdle(now); // when it is not
            }
        } else if (!paused) {
            failWhenIdle(now);
        }
    }

    private void failWithoutToken(long now) {
        if (patience.startedBefore(now, timeouts.firstToken())) {
            fail(UpstreamFailures.timeout("first_token_timeout", status()));
        }
    }

    private void failWhenIdle(long now) {
        if (patience.progressedBefore(now, timeouts.idle())) {
            fail(UpstreamFailures.timeout(patience.trickles() ? "progress_too_slow" : "idle_timeout", status()));
        }
    }

    private void take(List<StreamStep> steps) {
        for (StreamStep step : steps) {
            switch (step) {
                case StreamStep.Begun _ -> progress.begun(status(), headers(), true);
                case StreamStep.Frame frame -> progress.frame(frame);
                case StreamStep.Finished(StreamStep.Frame last) -> {
                    enter(Phase.REST);
                    progress.finished(last, answer.measured(), answer.finishReasons(), status());
                }
                case StreamStep.Broken(AttemptFailure failure) -> fail(failure);
            }
        }
    }

    private void readJson(byte[] bytes) {
        patience.arrived(bytes.length, false);
        boolean first = body.size() == 0;
        if (body.size() + (long) bytes.length > wanted.mostBytes()) {
            fail(UpstreamFailures.tooLong(wanted.mostBytes(), status()));
            return;
        }
        body.write(bytes, 0, bytes.length);
        if (first && head != null && head.saysEvents() && AnswerForm.of(bytes) == AnswerForm.EVENTS) {
            fail(invalidStream("the target answered with a stream"));
        }
    }

    private void answerWithJson() {
        byte[] bytes = AnswerForm.unmarked(body.toByteArray());
        JsonAnswer json = JsonAnswer.read(bytes, wanted.texts());
        if (json == null && AnswerForm.of(bytes) == AnswerForm.EVENTS) {
            fail(invalidStream("the target answered with a stream"));
        } else if (json == null) {
            fail(UpstreamFailures.invalid(
                    bytes.length == 0 ? "empty_answer" : "invalid_json",
                    UPSTREAM_ERROR,
                    status(),
                    "the target's answer cannot be read"));
        } else if (json.error() != null) {
            fail(UpstreamFailures.ofEvent(json.error()));
        } else {
            phase = Phase.OVER;
            progress.begun(status(), headers(), false);
            var whole = new StreamStep.Frame(Bytes.owning(bytes), 0, true, json.texts());
            progress.finished(whole, json.measured(), json.finishReasons(), status());
        }
    }

    /** Without a success, or without the stream that was asked for: the body may say why. */
    private void failWithBody() {
        byte[] said = body.toByteArray();
        if (phase == Phase.ERROR_BODY && head != null) {
            fail(head.refusal(said));
            return;
        }
        JsonAnswer json = JsonAnswer.read(said, false);
        fail(
                json == null || json.error() == null
                        ? invalidStream("the target answered without a stream")
                        : UpstreamFailures.ofEvent(json.error()));
    }

    private AttemptFailure invalidStream(String message) {
        return UpstreamFailures.invalid("invalid_stream", UPSTREAM_INVALID_STREAM, status(), message);
    }

    private void fail(AttemptFailure failure) {
        if (phase != Phase.OVER && phase != Phase.REST) {
            abort();
            progress.failed(failure);
        }
    }

    private void enter(Phase next) {
        phase = next;
        patience.turn();
    }

    private int status() {
        return head == null ? 0 : head.status();
    }

    private List<Header> headers() {
        return head == null ? List.of() : head.headers(!wanted.stream());
    }
}

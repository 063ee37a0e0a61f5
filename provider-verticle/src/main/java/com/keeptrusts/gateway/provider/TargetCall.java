package com.keeptrusts.gateway.provider;

import static com.keeptrusts.gateway.contract.ErrorCode.UPSTREAM_ERROR;
import static com.keeptrusts.gateway.contract.ErrorCode.UPSTREAM_INVALID_STREAM;

import com.keeptrusts.gateway.contract.Bytes;
import com.keeptrusts.gateway.contract.Header;
import com.keeptrusts.gateway.contract.Usage;
import com.keeptrusts.gateway.provider.request.UpstreamHeaders;
import com.keeptrusts.gateway.provider.settings.Timeouts;
import com.keeptrusts.gateway.provider.sse.JsonAnswer;
import com.keeptrusts.gateway.provider.sse.StreamStep;
import com.keeptrusts.gateway.provider.sse.StreamedAnswer;
import com.keeptrusts.gateway.provider.upstream.AttemptFailure;
import com.keeptrusts.gateway.provider.upstream.RetryHint;
import com.keeptrusts.gateway.provider.upstream.UpstreamError;
import com.keeptrusts.gateway.provider.upstream.UpstreamExchange;
import com.keeptrusts.gateway.provider.upstream.UpstreamFailures;
import io.vertx.core.http.HttpClientResponse;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
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

        void finished(StreamStep.Frame last, @Nullable Usage usage, List<String> finishReasons, int status);

        /** Before {@code begun} others may be tried, after it the answer is broken. */
        void failed(AttemptFailure failure);

        void connectionReplaced();
    }

    private enum Phase {
        HEAD,
        ERROR_BODY,
        JSON_BODY,
        STREAM,
        REST,
        OVER
    }

    private static final int LONGEST_ERROR = 64 * 1024;
    private static final int LONGEST_JSON = 16 * 1024 * 1024;
    private static final long ERROR_BODY_MILLIS = 2_000;
    private static final long COMPLETE_BUT_SILENT_MILLIS = 2_000;
    private static final long REST_MILLIS = 1_000;

    private final Timeouts timeouts;
    private final boolean stream;
    private final boolean withTexts;
    private final StreamedAnswer answer;
    private final Progress progress;
    private final Patience patience = new Patience();
    private final ByteArrayOutputStream body = new ByteArrayOutputStream(0);

    private Phase phase = Phase.HEAD;
    private @Nullable UpstreamExchange exchange;
    private @Nullable HttpClientResponse response;
    private boolean paused;

    TargetCall(Timeouts timeouts, boolean stream, boolean withTexts, StreamedAnswer answer, Progress progress) {
        this.timeouts = timeouts;
        this.stream = stream;
        this.withTexts = withTexts;
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
                if (patience.startedBefore(now, stream ? timeouts.firstToken() : timeouts.json())) {
                    fail(UpstreamFailures.timeout("first_token_timeout", 0));
                }
            }
            case ERROR_BODY -> {
                if (patience.turnedBefore(now, ERROR_BODY_MILLIS)) {
                    failWithStatus();
                }
            }
            case JSON_BODY -> failWhenIdle(now);
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
    public void onHead(HttpClientResponse head) {
        response = head;
        patience.progressed();
        String encoding = head.getHeader("content-encoding");
        if (head.statusCode() < 200 || head.statusCode() > 299) {
            enter(Phase.ERROR_BODY);
        } else if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
            fail(UpstreamFailures.invalid(
                    "unknown_encoding", UPSTREAM_ERROR, status(), "the target encodes its answer as nobody asked"));
        } else if (stream != isEventStream(head)) {
            fail(UpstreamFailures.invalid(
                    "invalid_stream",
                    UPSTREAM_INVALID_STREAM,
                    status(),
                    stream ? "the target answered without a stream" : "the target answered with a stream"));
        } else {
            enter(stream ? Phase.STREAM : Phase.JSON_BODY);
        }
    }

    @Override
    public void onRead(byte[] bytes) {
        switch (phase) {
            case ERROR_BODY -> {
                body.write(bytes, 0, Math.min(bytes.length, LONGEST_ERROR - body.size()));
                if (body.size() >= LONGEST_ERROR) {
                    failWithStatus();
                }
            }
            case JSON_BODY -> {
                patience.arrived(bytes.length, false);
                if (body.size() + bytes.length > LONGEST_JSON) {
                    fail(UpstreamFailures.invalid(
                            "answer_too_long", UPSTREAM_ERROR, status(), "the target's answer is too long"));
                } else {
                    body.write(bytes, 0, bytes.length);
                }
            }
            case STREAM -> {
                List<StreamStep> steps = answer.feed(bytes);
                patience.arrived(bytes.length, !steps.isEmpty());
                take(steps);
            }
            case HEAD, REST, OVER -> {}
        }
    }

    @Override
    public void onEnd() {
        switch (phase) {
            case ERROR_BODY -> failWithStatus();
            case JSON_BODY -> readJson();
            case STREAM -> take(answer.end());
            case REST -> phase = Phase.OVER;
            case HEAD, OVER -> {}
        }
    }

    @Override
    public void onFailure(AttemptFailure failure) {
        switch (phase) {
            case HEAD -> fail(failure);
            case ERROR_BODY -> failWithStatus();
            case STREAM -> {
                take(answer.endIfComplete());
                fail(failure);
            }
            case JSON_BODY -> fail(failure);
            case REST -> phase = Phase.OVER;
            case OVER -> {}
        }
    }

    @Override
    public void onStaleConnection() {
        progress.connectionReplaced();
    }

    private void tickStream(long now) {
        if (!answer.begun()) {
            if (patience.startedBefore(now, timeouts.firstToken())) {
                fail(UpstreamFailures.timeout("first_token_timeout", status()));
            }
        } else if (answer.terminal() && patience.progressedBefore(now, COMPLETE_BUT_SILENT_MILLIS)) {
            take(answer.endIfComplete());
        } else if (!paused) {
            failWhenIdle(now);
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
                    progress.finished(last, answer.usage(), answer.finishReasons(), status());
                }
                case StreamStep.Broken(AttemptFailure failure) -> fail(failure);
            }
        }
    }

    private void readJson() {
        byte[] bytes = body.toByteArray();
        JsonAnswer json = JsonAnswer.read(bytes, withTexts);
        if (json == null) {
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
            progress.finished(whole, json.usage(), json.finishReasons(), status());
        }
    }

    private void failWithStatus() {
        int status = status();
        Function<String, @Nullable String> header = name -> response == null ? null : response.getHeader(name);
        Long hint = RetryHint.of(header, status == 429, Instant.now());
        fail(UpstreamFailures.ofStatus(status, UpstreamError.of(body.toByteArray()), hint));
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
        return response == null ? 0 : response.statusCode();
    }

    private List<Header> headers() {
        return response == null ? List.of() : UpstreamHeaders.response(response.headers());
    }

    private static boolean isEventStream(HttpClientResponse head) {
        String type = head.getHeader("content-type");
        return type != null && type.toLowerCase(Locale.ROOT).strip().startsWith("text/event-stream");
    }
}

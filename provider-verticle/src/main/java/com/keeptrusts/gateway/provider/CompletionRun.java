package com.keeptrusts.gateway.provider;

import com.keeptrusts.gateway.contract.CompletionCall;
import com.keeptrusts.gateway.contract.CompletionEnd;
import com.keeptrusts.gateway.contract.Credit;
import com.keeptrusts.gateway.contract.ErrorCode;
import com.keeptrusts.gateway.contract.Failure;
import com.keeptrusts.gateway.contract.Header;
import com.keeptrusts.gateway.contract.Usage;
import com.keeptrusts.gateway.provider.request.BodyPreparation;
import com.keeptrusts.gateway.provider.request.PreparedBody;
import com.keeptrusts.gateway.provider.request.UpstreamHeaders;
import com.keeptrusts.gateway.provider.settings.Candidate;
import com.keeptrusts.gateway.provider.settings.ModelResolution;
import com.keeptrusts.gateway.provider.settings.ProviderConfig;
import com.keeptrusts.gateway.provider.settings.TargetSettings;
import com.keeptrusts.gateway.provider.sse.Measured;
import com.keeptrusts.gateway.provider.sse.StreamStep;
import com.keeptrusts.gateway.provider.sse.StreamedAnswer;
import com.keeptrusts.gateway.provider.target.Permit;
import com.keeptrusts.gateway.provider.target.TargetOrder;
import com.keeptrusts.gateway.provider.target.TargetState;
import com.keeptrusts.gateway.provider.upstream.AttemptFailure;
import com.keeptrusts.gateway.provider.upstream.UpstreamExchange;
import com.keeptrusts.gateway.provider.upstream.UpstreamRequest;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * One model call from being taken up to its end: tries targets until one begins to answer, then passes its answer on.
 * Runs on the worker's event loop.
 */
final class CompletionRun {

    private static final long STALLED_MILLIS = 60_000;

    private final Workshop shop;
    private final CompletionCall call;
    private final EventOutlet outlet;
    private final long takenAt = System.nanoTime();
    private final AttemptLog log = new AttemptLog(takenAt);

    private @Nullable Selection selection;
    private @Nullable Permit permit;
    private @Nullable TargetCall current;
    private @Nullable AttemptAccount account;
    private Selection.Next.@Nullable Call wanted;
    private PreparedBody.@Nullable Ready body;
    private List<Header> refusal = List.of();
    private boolean begun;
    private boolean over;
    private long waitingSince;
    private long resumeAt;
    private long stalledSince;

    CompletionRun(Workshop shop, CompletionCall call) {
        this.shop = shop;
        this.call = call;
        this.outlet = new EventOutlet(shop.bus(), call);
    }

    String ingress() {
        return call.replyTo();
    }

    /** Whether nothing is left to be done, not even to read a connection to its end. */
    boolean isDone() {
        return over && (current == null || current.isOver());
    }

    void start(ProviderConfig config) {
        if (over) {
            return;
        }
        ModelResolution resolution = ModelResolution.of(config.providers(), config.aliases(), call.model());
        List<Candidate> order = new TargetOrder(shop.board())
                .order(resolution, config.providers().routing());
        selection = new Selection(config.providers(), order, shop.secrets(), shop.board(), log);
        follow(selection, selection.next());
    }

    void add(Credit credit) {
        outlet.add(credit);
        if (current != null && outlet.hasRoom()) {
            stalledSince = 0;
            current.resume();
        }
    }

    /** Ends the call; the ingress hears nothing more of it. */
    void cancel() {
        if (current != null) {
            current.abort();
        }
        if (!over) {
            over = true;
            giveUp("cancelled");
        }
    }

    /** Ends the call and says why. */
    void fail(Failure failure) {
        if (!over) {
            giveUp(failure.code().wire());
            say(failure);
        }
    }

    /** The time that this process did not run is nobody's silence. */
    void excuse(long nanos) {
        if (current != null) {
            current.excuse(nanos);
        }
        stalledSince += stalledSince == 0 ? 0 : nanos;
    }

    /** Looks at the clock. */
    void tick(long now) {
        if (current != null) {
            current.tick(now);
        }
        if (over) {
            return;
        }
        if (Patience.isOlder(takenAt, now, call.totalMillis())) {
            fail(Failure.of(ErrorCode.UPSTREAM_TIMEOUT, "the answer took longer than it may"));
        } else if (waitingSince != 0
                && Patience.isOlder(waitingSince, now, call.deadline().remainingMillis())) {
            overloaded();
        } else if (stalledSince != 0 && Patience.isOlder(stalledSince, now, STALLED_MILLIS)) {
            cancel();
        } else if (resumeAt != 0 && now - resumeAt >= 0 && selection != null) {
            resumeAt = 0;
            follow(selection, selection.next());
        }
    }

    private void follow(Selection choices, Selection.Next next) {
        switch (next) {
            case Selection.Next.Call chosen -> prepare(choices, chosen);
            case Selection.Next.Wait(long millis) -> resumeAt = System.nanoTime() + millis * 1_000_000L;
            case Selection.Next.GiveUp(Failure failure) -> say(failure);
        }
    }

    private void prepare(Selection choices, Selection.Next.Call chosen) {
        boolean wantsUsage = call.stream() && !call.includeUsage();
        boolean crosses = choices.crosses(chosen.candidate());
        switch (BodyPreparation.of(call.body(), chosen.candidate(), wantsUsage, crosses)) {
            case PreparedBody.Ready ready -> {
                wanted = chosen;
                body = ready;
                queue(state(chosen.candidate()));
            }
            case PreparedBody.Unsupported(String path) -> {
                if (choices.isFirst()) {
                    say(Failure.at(ErrorCode.UNSUPPORTED_FIELD, path, path + ": the target does not know this field"));
                } else {
                    choices.pass("unsupported_field");
                    follow(choices, choices.next());
                }
            }
            case PreparedBody.Unreadable _ -> say(Failure.of(ErrorCode.INVALID_JSON, "the body is not a JSON object"));
        }
    }

    private void queue(TargetState state) {
        waitingSince = System.nanoTime();
        permit = state.acquire(() -> shop.context().runOnContext(_ -> granted()));
        if (permit == null) {
            overloaded();
        } else if (permit.isHeld()) {
            granted();
        }
    }

    private void granted() {
        Selection.Next.Call chosen = wanted;
        PreparedBody.Ready ready = body;
        if (over || chosen == null || ready == null || selection == null) {
            return;
        }
        waitingSince = 0;
        TargetSettings target = shop.located(chosen.candidate().target());
        var opened = AttemptAccount.open(shop, log, selection.settings().breaker(), chosen.candidate(), chosen.retry());
        account = opened;
        var answer = new StreamedAnswer(ready.choices(), call.extractText(), ready.usageInjected());
        var attempt = new TargetCall(
                target.timeouts(), Wanted.of(call), answer, new Hearing(chosen.candidate(), selection, opened));
        current = attempt;
        var request = new UpstreamRequest(
                target.baseUrl(),
                target.baseUrl().uri(call.endpoint()),
                UpstreamHeaders.request(call.headers(), target, chosen.secret(), call.stream()),
                ready.bytes(),
                target.timeouts().connect(),
                target.allowPrivate());
        attempt.begin(new UpstreamExchange(shop.client(), request, shop.context(), attempt));
    }

    private void overloaded() {
        long pause = ThreadLocalRandom.current().nextLong(1_000, 3_000);
        say(new Failure(
                ErrorCode.GATEWAY_OVERLOADED,
                "too many calls are waiting for the target",
                null,
                null,
                0,
                pause,
                false));
    }

    /** The last word to the ingress. */
    private void say(Failure failure) {
        over = true;
        free();
        if (current != null) {
            current.abort();
        }
        if (begun) {
            outlet.broken(end(failure, null, List.of()));
        } else {
            outlet.failed(failure, log.attempts(), refusal);
        }
    }

    private CompletionEnd end(@Nullable Failure failure, @Nullable Usage usage, List<String> reasons) {
        return new CompletionEnd(failure, usage, reasons, log.attempts(), log.durationMicros());
    }

    private void giveUp(String cause) {
        if (account != null) {
            account.gaveUp(cause);
        }
        free();
    }

    private void free() {
        waitingSince = 0;
        if (permit != null) {
            permit.release();
            permit = null;
        }
    }

    private TargetState state(Candidate candidate) {
        return shop.board().state(candidate.target().id());
    }

    /** What the target that is being called answers. */
    private final class Hearing implements TargetCall.Progress {

        private final Candidate candidate;
        private final Selection choices;
        private final AttemptAccount attempt;

        private Hearing(Candidate candidate, Selection choices, AttemptAccount attempt) {
            this.candidate = candidate;
            this.choices = choices;
            this.attempt = attempt;
        }

        @Override
        public void begun(int status, List<Header> headers, boolean stream) {
            begun = true;
            outlet.started(status, stream, headers, candidate, attempt.began());
        }

        @Override
        public void frame(StreamStep.Frame frame) {
            outlet.frame(frame);
            if (!outlet.hasRoom() && !frame.terminal() && current != null) {
                stalledSince = System.nanoTime();
                current.pause();
            }
        }

        @Override
        public void finished(StreamStep.Frame last, Measured measured, List<String> finishReasons, int status) {
            over = true;
            attempt.succeeded(measured, status);
            free();
            outlet.end(last, end(null, measured.usage(), finishReasons));
        }

        @Override
        public void failed(AttemptFailure failure) {
            attempt.failed(failure);
            free();
            if (begun) {
                say(failure.failure());
                return;
            }
            refusal = current == null ? List.of() : current.refusalHeaders();
            Selection.Next next = choices.after(failure);
            if (next instanceof Selection.Next.Wait) {
                attempt.retried(failure);
            } else if (next instanceof Selection.Next.Call) {
                attempt.fellBack(failure);
            }
            follow(choices, next);
        }

        @Override
        public void connectionReplaced() {
            log.connectionReplaced();
        }
    }
}

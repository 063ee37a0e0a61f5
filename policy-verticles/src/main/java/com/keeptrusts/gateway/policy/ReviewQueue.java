package com.keeptrusts.gateway.policy;

import com.keeptrusts.gateway.contract.PolicyCall;
import com.keeptrusts.gateway.contract.PolicyVerdict;
import com.keeptrusts.gateway.contract.PolicyVerdicts;
import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;

/**
 * The calls of one worker. Arrivals are only queued, so that the queue's length is the true backlog and refusing is
 * cheap; reviews follow in slices of an event-loop turn. Used on one context.
 */
final class ReviewQueue {

    private static final long SLICE_NANOS = 300_000;

    /** What is kept of the time that is left when a model is asked, for the answer to arrive in. */
    private static final long ANSWER_MILLIS = 50;

    private record Waiting(PolicyCall call, Promise<PolicyVerdicts> answer, long arrivedNanos) {

        boolean stale() {
            return leftMillis() < 0;
        }

        /** How much longer somebody waits for the answer. */
        long leftMillis() {
            return call.deadline().remainingMillis() - (System.nanoTime() - arrivedNanos) / 1_000_000;
        }
    }

    private final Vertx vertx;
    private final Context context;
    private final PolicyPool pool;
    private final PolicyLimits limits;
    private final Reviewer reviewer;
    private final Workload load;
    private final LaterSteps laterSteps;
    private final ModelQuestions questions;
    private final WorkerExecutor aside;
    private final Queue<Waiting> waiting = new ArrayDeque<>();
    private boolean draining;

    ReviewQueue(
            Vertx vertx,
            PolicyOptions options,
            Reviewer reviewer,
            Workload load,
            LaterSteps laterSteps,
            ModelQuestions questions) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.pool = options.node().pool(options.kind());
        this.limits = options.node().limits();
        this.reviewer = reviewer;
        this.load = load;
        this.laterSteps = laterSteps;
        this.questions = questions;
        this.aside = vertx.createSharedWorkerExecutor("policy-large", limits.largeThreads());
    }

    Future<PolicyVerdicts> review(PolicyCall call) {
        if (call.steps().isEmpty() || !call.steps().getFirst().kind().equals(pool.kind())) {
            return Future.succeededFuture(new PolicyVerdicts(List.of()));
        }
        if (load.outstanding() >= limits.capacity()) {
            return Future.succeededFuture(new PolicyVerdicts(List.of(failed(call, "overloaded"))));
        }
        var arrived = new Waiting(call, Promise.promise(), System.nanoTime());
        load.outstanding(load.outstanding() + 1);
        enqueue(arrived);
        return arrived.answer().future();
    }

    /** To be called once no review is under way. */
    Future<Void> close() {
        return aside.close();
    }

    private void enqueue(Waiting arrived) {
        waiting.add(arrived);
        load.waiting(waiting.size());
        if (!draining) {
            draining = true;
            context.runOnContext(_ -> drain());
        }
    }

    private void drain() {
        long sliceEnd = System.nanoTime() + SLICE_NANOS;
        Waiting next = waiting.poll();
        while (next != null) {
            begin(next);
            next = System.nanoTime() < sliceEnd ? waiting.poll() : null;
        }
        load.waiting(waiting.size());
        draining = !waiting.isEmpty();
        if (draining) {
            context.runOnContext(_ -> drain());
        }
    }

    private void begin(Waiting next) {
        if (next.stale()) {
            pool.meters().staleDropped();
            answered(); // and no answer: nobody waits for it any more
            return;
        }
        String digest = next.call().steps().getFirst().settingsDigest();
        Policy policy = pool.policies().ready(digest);
        if (policy != null) {
            judge(next, policy);
        } else {
            pool.policies()
                    .settle(vertx, digest)
                    .onComplete(settled -> context.runOnContext(_ -> settled(next, settled)));
        }
    }

    private void settled(Waiting next, AsyncResult<Policy> settled) {
        if (settled.succeeded()) {
            judge(next, settled.result());
        } else {
            answer(
                    next,
                    Future.succeededFuture(new PolicyVerdicts(List.of(failed(next.call(), "settings_unavailable")))));
        }
    }

    private void judge(Waiting next, Policy policy) {
        load.begins();
        if (Reviewer.characters(next.call().texts()) <= limits.largeCharacters()) {
            judged(next, reviewer.judge(policy, next.call()));
        } else {
            aside.executeBlocking(() -> reviewer.judge(policy, next.call()), false)
                    .recover(_ -> Future.succeededFuture(reviewer.interrupted(next.call())))
                    .onSuccess(judged -> context.runOnContext(_ -> judged(next, judged)));
        }
    }

    private void judged(Waiting next, Reviewer.Judged judged) {
        load.ends();
        load.answered(System.nanoTime() - next.arrivedNanos());
        if (judged.opinion().isEmpty()) {
            judged(next, reviewer.verdict(next.call(), judged.judgement(), judged.nanos()));
            return;
        }
        long askedNanos = System.nanoTime();
        SecondOpinion opinion = judged.opinion().get();
        questions
                .ask(next.call().requestId(), opinion, next.leftMillis() - ANSWER_MILLIS)
                .onComplete(done -> {
                    Judgement judgement =
                            done.succeeded() ? settled(next, opinion, done.result()) : opinion.unanswered();
                    long nanos = judged.nanos() + System.nanoTime() - askedNanos;
                    judged(next, reviewer.verdict(next.call(), judgement, nanos));
                });
    }

    private Judgement settled(Waiting next, SecondOpinion opinion, String answer) {
        try {
            return opinion.settle().apply(answer);
        } catch (RuntimeException e) {
            reviewer.logWithoutText(next.call().requestId(), e);
            return opinion.unanswered();
        }
    }

    private void judged(Waiting next, PolicyVerdict verdict) {
        pool.meters().reviewed(verdict.decision(), verdict.micros() * 1_000);
        answer(next, laterSteps.follow(next.call(), verdict, System.nanoTime() - next.arrivedNanos()));
    }

    private void answer(Waiting next, Future<PolicyVerdicts> verdicts) {
        verdicts.onComplete(next.answer());
        verdicts.onComplete(_ -> answered());
    }

    private void answered() {
        load.outstanding(load.outstanding() - 1);
    }

    private PolicyVerdict failed(PolicyCall call, String cause) {
        PolicyVerdict verdict = reviewer.failed(call, cause);
        pool.meters().decided(verdict.decision());
        return verdict;
    }
}

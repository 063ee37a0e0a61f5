package com.keeptrusts.gateway.ingress;

import com.keeptrusts.gateway.contract.Address;
import com.keeptrusts.gateway.contract.BusException;
import com.keeptrusts.gateway.contract.Deadline;
import com.keeptrusts.gateway.contract.Phase;
import com.keeptrusts.gateway.contract.PolicyCall;
import com.keeptrusts.gateway.contract.PolicyStep;
import com.keeptrusts.gateway.contract.PolicyVerdict;
import com.keeptrusts.gateway.contract.PolicyVerdicts;
import com.keeptrusts.gateway.contract.TextPart;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Asks a worker of each policy kind, in the configured order, and applies each verdict before the next is asked for. The
 * first that stops ends the chain with {@link Refused}. Consecutive kinds that one other node serves go there in one
 * message.
 */
final class PolicyChain {

    private static final long CHARACTERS_PER_EXTRA_MILLI = 1024;

    /** A later try may take what is left of the second within which a refusal is due. */
    private static final int LAST_TRY_HOPS = 3;

    /** And longer where the worker lives: when its neighbour has just died, it has a crowd to review. */
    private static final int LIVING_HOPS = 12;

    /** A second try in vain is the end, unless somebody is beyond doubt by then: it may be the second that froze. */
    private static final int MOST_LATE = 1;

    /** Where nobody is, nothing was reviewed and no time was lost, so more may be asked when nodes die together. */
    private static final int MOST_GONE = 2;

    private final Workers workers;
    private final String node;
    private final IngressTimings timings;
    private final Verdicts verdicts;
    private final IngressMetrics metrics;

    PolicyChain(Workers workers, String node, IngressTimings timings, Verdicts verdicts, IngressMetrics metrics) {
        this.workers = workers;
        this.node = node;
        this.timings = timings;
        this.verdicts = verdicts;
        this.metrics = metrics;
    }

    /** Completes when every step let the texts pass, edited or not. */
    Future<Void> review(Journey journey, Phase phase, List<PolicyStep> steps, EditableTexts texts) {
        if (steps.isEmpty()) {
            return Future.succeededFuture();
        }
        var round = new Round(journey, phase, steps, texts);
        return round.find().compose(worker -> round.ask(worker, List.of())).compose(reviewed -> {
            List<PolicyStep> rest = steps.subList(reviewed, steps.size());
            return review(journey, phase, rest, texts);
        });
    }

    /** One message to one worker, or to a second one where the first does not answer. */
    private final class Round {
        private final Journey journey;
        private final Phase phase;
        private final List<PolicyStep> steps;
        private final EditableTexts texts;
        private final long startedNanos = System.nanoTime();
        private int late;
        private int gone;

        Round(Journey journey, Phase phase, List<PolicyStep> steps, EditableTexts texts) {
            this.journey = journey;
            this.phase = phase;
            this.steps = steps;
            this.texts = texts;
        }

        /** Waits for one to appear, but not longer in all than a request waits for a policy that nobody serves. */
        Future<@Nullable Worker> find() {
            long waited = (System.nanoTime() - startedNanos) / 1_000_000;
            Duration left = timings.workerWait().minusMillis(waited);
            return pool().find(List.of(), left.isNegative() ? Duration.ZERO : left);
        }

        /** Completes with the number of steps that are done. */
        Future<Integer> ask(@Nullable Worker worker, List<Worker> before) {
            if (worker == null) {
                return unavailable("no_worker", before);
            }
            journey.checkPresent();
            return answer(worker, late > 0)
                    .transform(done ->
                            done.succeeded() ? take(done.result(), before) : again(worker, done.cause(), before));
        }

        private Future<PolicyVerdicts> answer(Worker worker, boolean lastTry) {
            List<PolicyStep> asked = stepsFor(worker);
            Duration hop = limit(texts.parts(), asked);
            Duration most = hop.multipliedBy(lastTry ? LIVING_HOPS : 1);
            var call = new PolicyCall(journey.id(), Deadline.in(node, most.toMillis()), phase, asked, texts.parts());
            var address = Address.ofPolicy(worker.address());
            return lastTry
                    ? workers.askPatiently(worker, address, call, hop.multipliedBy(LAST_TRY_HOPS), most)
                    : workers.ask(worker, address, call, most);
        }

        private List<PolicyStep> stepsFor(Worker worker) {
            if (worker.node().equals(node)) {
                return steps.subList(0, 1);
            }
            int served = 1;
            while (served < steps.size()
                    && workers.policies(steps.get(served).kind()).aliveOn(worker.node())) {
                served++;
            }
            return steps.subList(0, served);
        }

        private Future<Integer> take(PolicyVerdicts answer, List<Worker> before) {
            List<PolicyVerdict> given = answer.verdicts();
            if (given.isEmpty() || given.size() > steps.size()) {
                return unavailable("no_verdict", before);
            }
            long micros = (System.nanoTime() - startedNanos) / 1000;
            for (int i = 0; i < given.size(); i++) {
                metrics.policyHop(steps.get(i).kind(), micros);
                verdicts.apply(
                        journey,
                        new Review(
                                phase,
                                steps.get(i),
                                given.get(i),
                                null,
                                false,
                                before.size(),
                                micros,
                                texts.channels()),
                        texts);
            }
            return Future.succeededFuture(given.size());
        }

        private Future<Integer> again(Worker worker, Throwable cause, List<Worker> before) {
            if (!(cause instanceof BusException failure)) {
                return Future.failedFuture(cause);
            }
            boolean absent = failure.reason() == BusException.Reason.NO_ONE_THERE;
            if (absent ? ++gone > MOST_GONE : ++late > MOST_LATE) {
                Worker sound = late == MOST_LATE + 1 ? pool().sound(worker) : null;
                return sound == null ? unavailable(Verdicts.fault(failure), before) : ask(sound, with(before, worker));
            }
            List<Worker> tried = with(before, worker);
            Worker other = pool().best(tried);
            if (other != null) {
                return ask(other, tried);
            }
            return switch (failure.reason()) {
                case NO_ONE_THERE -> find().compose(found -> ask(found, tried)); // one may be joining
                case TIMEOUT ->
                    ask(worker, tried); // it may only have been busy; the same id makes asking twice harmless
                case FAILED, MALFORMED -> unavailable(Verdicts.fault(failure), before);
            };
        }

        private WorkerPool pool() {
            return workers.policies(steps.getFirst().kind());
        }

        private static List<Worker> with(List<Worker> before, Worker worker) {
            List<Worker> tried = new ArrayList<>(before);
            tried.add(worker);
            return tried;
        }

        private Future<Integer> unavailable(String fault, List<Worker> before) {
            long micros = (System.nanoTime() - startedNanos) / 1000;
            verdicts.unavailable(journey, phase, steps.getFirst(), fault, before.size(), micros);
            return Future.succeededFuture(1);
        }
    }

    /** Reviews are linear in the length of the text, so a long one gets longer; so does a policy that asks a model. */
    private Duration limit(List<TextPart> texts, List<PolicyStep> asked) {
        long patience = asked.stream().mapToLong(PolicyStep::patienceMillis).sum();
        long characters = 0;
        for (TextPart text : texts) {
            characters += text.text().length();
        }
        return timings.policyHop().plusMillis(patience + characters / CHARACTERS_PER_EXTRA_MILLI);
    }
}

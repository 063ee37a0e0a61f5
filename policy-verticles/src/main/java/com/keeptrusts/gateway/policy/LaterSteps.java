package com.keeptrusts.gateway.policy;

import com.keeptrusts.gateway.contract.Address;
import com.keeptrusts.gateway.contract.Bus;
import com.keeptrusts.gateway.contract.BusException;
import com.keeptrusts.gateway.contract.Deadline;
import com.keeptrusts.gateway.contract.Decision;
import com.keeptrusts.gateway.contract.PolicyCall;
import com.keeptrusts.gateway.contract.PolicyStep;
import com.keeptrusts.gateway.contract.PolicyVerdict;
import com.keeptrusts.gateway.contract.PolicyVerdicts;
import com.keeptrusts.gateway.contract.TextPart;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Passes what remains of a call on to this node's workers. Steps that nobody here answers are left to the asker. */
final class LaterSteps {

    private final PolicyNode node;
    private final Bus bus;

    LaterSteps(PolicyNode node, Bus bus) {
        this.node = node;
        this.bus = bus;
    }

    /** The first verdict, followed by those of the later steps as far as they are served here. */
    Future<PolicyVerdicts> follow(PolicyCall call, PolicyVerdict first, long nanosSpent) {
        var alone = new PolicyVerdicts(List.of(first));
        List<PolicyStep> later = call.steps().subList(1, call.steps().size());
        long left = call.deadline().remainingMillis() - nanosSpent / 1_000_000;
        if (later.isEmpty() || left <= 0) {
            return Future.succeededFuture(alone);
        }
        return switch (first.decision()) {
            case Decision.Allow _ -> ask(call, later, call.texts(), left, alone);
            case Decision.Redact redact -> ask(call, later, EditedTexts.of(call.texts(), redact.edits()), left, alone);
            case Decision.Block _, Decision.Escalate _, Decision.Failed _ -> Future.succeededFuture(alone);
        };
    }

    private Future<PolicyVerdicts> ask(
            PolicyCall call, List<PolicyStep> later, List<TextPart> texts, long left, PolicyVerdicts soFar) {
        Optional<String> worker = node.serving(later.getFirst().kind()).flatMap(PolicyPool::idlest);
        if (worker.isEmpty()) {
            return Future.succeededFuture(soFar);
        }
        var rest = new PolicyCall(call.requestId(), Deadline.in(node.name(), left), call.phase(), later, texts);
        return bus.ask(Address.ofPolicy(worker.get()), rest, Duration.ofMillis(left))
                .map(answer -> join(soFar, answer))
                .recover(e -> e instanceof BusException ? Future.succeededFuture(soFar) : Future.failedFuture(e));
    }

    private static PolicyVerdicts join(PolicyVerdicts soFar, PolicyVerdicts answer) {
        return new PolicyVerdicts(Stream.concat(soFar.verdicts().stream(), answer.verdicts().stream())
                .toList());
    }
}

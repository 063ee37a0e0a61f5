package com.keeptrusts.gateway.faults;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Compares, request by request, what the upstream says it got and what the clients say they got with what the ledger has
 * (the claims C1 and C2 of the ledger). A prompt that arrived upstream needs an accepted record that commits to exactly
 * the bytes which the client sent; an answer whose end arrived needs exactly one outcome.
 */
final class Reconciliation {

    private final NodeSecret secret;
    private final LedgerView ledger;

    Reconciliation(NodeSecret secret, LedgerView ledger) {
        this.secret = secret;
        this.ledger = ledger;
    }

    /** What contradicts the claims, a sentence each; none when they hold. */
    List<String> violations(Set<Mark> reachedUpstream, List<MarkedAnswer> answers) {
        List<String> violations = new ArrayList<>();
        Set<String> named = answers.stream()
                .map(MarkedAnswer::requestId)
                .filter(id -> !id.isEmpty())
                .collect(Collectors.toCollection(HashSet::new));
        Map<String, String> unnamed = new HashMap<>(ledger.accepted());
        unnamed.keySet().removeAll(named);
        for (MarkedAnswer answer : answers) {
            if (reachedUpstream.contains(answer.mark())) {
                accepted(answer, unnamed, violations);
            }
            if (answer.terminalPartCame()) {
                ended(answer, violations);
            }
        }
        return violations;
    }

    private void accepted(MarkedAnswer answer, Map<String, String> unnamed, List<String> violations) {
        String body = answer.mark().body(answer.stream());
        if (answer.requestId().isEmpty()) {
            boolean known = unnamed.entrySet()
                    .removeIf(entry -> secret.commitment(entry.getKey(), body).equals(entry.getValue()));
            if (!known) {
                violations.add("C1: " + answer.mark() + " reached the upstream, no accepted record commits to it");
            }
        } else if (!secret.commitment(answer.requestId(), body)
                .equals(ledger.accepted().get(answer.requestId()))) {
            violations.add("C1: " + answer.mark() + " reached the upstream, request " + answer.requestId()
                    + " has no accepted record that commits to it");
        }
    }

    private void ended(MarkedAnswer answer, List<String> violations) {
        int outcomes = ledger.outcomes().getOrDefault(answer.requestId(), 0);
        if (outcomes != 1) {
            violations.add("C2: the end of the answer to " + answer.mark() + " came, request " + answer.requestId()
                    + " has " + outcomes + " outcomes");
        }
    }
}

package com.keeptrusts.gateway.node.reload;

import com.keeptrusts.gateway.contract.ConfigObjection;
import java.util.List;
import java.util.stream.Collectors;

/** A configuration that at least one node refuses, so that no node runs it. */
public final class RefusedReloadException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** Another reload is being considered; this one can be tried again in a moment. */
    public static final String UNDER_WAY = "reload_under_way";

    private final transient List<Refusal> refusals;

    /** Which node, and why. */
    public record Refusal(String node, ConfigObjection objection) {

        String describe() {
            String path = objection.path().isEmpty() ? "" : objection.path() + ": ";
            return "node " + node + ": " + path + objection.message();
        }
    }

    RefusedReloadException(List<Refusal> refusals) {
        super(refusals.stream().map(Refusal::describe).collect(Collectors.joining("; ")), null, false, false);
        this.refusals = List.copyOf(refusals);
    }

    public List<Refusal> refusals() {
        return refusals;
    }

    /** Whether nothing is wrong with the configuration itself. */
    public boolean busy() {
        return refusals.stream().allMatch(refusal -> refusal.objection().code().equals(UNDER_WAY));
    }

    /** For the ledger: who and which code, without what configurations hold. */
    String codes() {
        return refusals.stream()
                .map(refusal -> refusal.node() + "=" + refusal.objection().code()
                        + (refusal.objection().path().isEmpty()
                                ? ""
                                : "@" + refusal.objection().path()))
                .limit(16)
                .collect(Collectors.joining(" "));
    }
}

package com.keeptrusts.gateway.node;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Members of the cluster that are no nodes of the gateway. Hazelcast lets in whoever can reach its port and knows the
 * cluster's name; the event bus does not, so a member that was never heard there, or that goes by the name of another, is
 * a stranger. Not thread-safe.
 */
final class Strangers {

    private final Predicate<String> heard;
    private final long patienceNanos;
    private final Map<String, Long> waiting = new HashMap<>();
    private final Map<String, String> knownByNode = new HashMap<>();
    private final Set<String> strangers = new HashSet<>();

    /**
     * @param heard whether a node was heard on the bus
     * @param patienceNanos how long a member may be silent that has just joined
     */
    Strangers(Predicate<String> heard, long patienceNanos) {
        this.heard = heard;
        this.patienceNanos = patienceNanos;
    }

    /**
     * A member of the cluster.
     *
     * @param id unique
     * @param node the name that it gives itself, or empty
     */
    record Member(String id, String node, String address) {}

    /** Those that have turned out to be strangers since the last look. */
    List<Member> look(Collection<Member> members, long nowNanos) {
        forgetOthersThan(members);
        List<Member> found = new ArrayList<>();
        for (Member member : members) {
            if (!isKnown(member) && isStranger(member, nowNanos) && strangers.add(member.id())) {
                found.add(member);
            }
        }
        return found;
    }

    /** How many there were at the last look. */
    int count() {
        return strangers.size();
    }

    private boolean isKnown(Member member) {
        if (heard.test(member.node())) {
            knownByNode.putIfAbsent(member.node(), member.id());
        }
        boolean known = member.id().equals(knownByNode.get(member.node()));
        if (known) {
            strangers.remove(member.id());
        }
        return known;
    }

    private boolean isStranger(Member member, long nowNanos) {
        long since = waiting.computeIfAbsent(member.id(), _ -> nowNanos);
        return knownByNode.containsKey(member.node()) || nowNanos - since > patienceNanos;
    }

    private void forgetOthersThan(Collection<Member> members) {
        Set<String> present = new HashSet<>();
        members.forEach(member -> present.add(member.id()));
        waiting.keySet().retainAll(present);
        strangers.retainAll(present);
        knownByNode.values().retainAll(present);
    }
}

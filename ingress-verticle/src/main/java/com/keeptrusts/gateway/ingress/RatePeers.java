package com.keeptrusts.gateway.ingress;

import com.keeptrusts.gateway.contract.NodeEvent;
import com.keeptrusts.gateway.contract.NodeEvent.NodeLeaving;
import com.keeptrusts.gateway.contract.NodeEvent.NodePresent;
import com.keeptrusts.gateway.contract.Role;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.LongSupplier;

/**
 * Among how many ingress nodes a rate limit is divided. One that is not heard any more may live on behind a cut of the
 * network and use its share there, so it is counted for {@link #LOST_COUNTS} more; one that has said that it leaves, for
 * {@link #LEFT_COUNTS}, as what it let through still counts. Thread-safe.
 */
final class RatePeers {

    static final Duration LOST_COUNTS = Duration.ofMinutes(5);
    static final Duration LEFT_COUNTS = Duration.ofMinutes(1);

    private static final int MOST = 4_096;

    private final LongSupplier millis;
    private final Map<String, Peer> others = new HashMap<>();
    private String self = "";
    private volatile Division division = Division.ALONE;

    private record Peer(long lastHeard, boolean left) {}

    /**
     * This node's place among those that share.
     *
     * @param nodes among which is divided, this one included
     * @param place of this one in the order of their names, from 0
     * @param lenders others that are heard
     */
    record Division(int nodes, int place, int lenders) {

        static final Division ALONE = new Division(1, 0, 0);

        /** This node's part; what cannot be divided goes to some, to others for another counter. */
        long share(String counter, long limit) {
            long rest = limit % nodes;
            int turn = Math.floorMod(place + counter.hashCode(), nodes);
            return limit / nodes + (turn < rest ? 1 : 0);
        }
    }

    RatePeers(LongSupplier millis) {
        this.millis = millis;
    }

    /** Under this name the others know this node. */
    synchronized void named(String node) {
        self = node;
    }

    Division division() {
        return division;
    }

    synchronized void hear(NodeEvent event) {
        switch (event) {
            case NodePresent present -> {
                boolean known = others.containsKey(present.node());
                if (present.roles().contains(Role.INGRESS)
                        && !present.node().equals(self)
                        && (known || others.size() < MOST)) {
                    others.put(present.node(), new Peer(millis.getAsLong(), false));
                }
            }
            case NodeLeaving leaving ->
                others.computeIfPresent(leaving.node(), (_, _) -> new Peer(millis.getAsLong(), true));
        }
        refresh();
    }

    /** To be called now and then: time alone changes the division. */
    synchronized void refresh() {
        long now = millis.getAsLong();
        others.values().removeIf(peer -> now - peer.lastHeard() > (peer.left() ? LEFT_COUNTS : LOST_COUNTS).toMillis());
        int lenders = (int) others.values().stream()
                .filter(peer -> !peer.left() && now - peer.lastHeard() <= NodeEvent.SILENCE_MILLIS)
                .count();
        var names = new TreeSet<>(others.keySet());
        int place = names.headSet(self).size();
        division = new Division(others.size() + 1, place, lenders);
    }
}

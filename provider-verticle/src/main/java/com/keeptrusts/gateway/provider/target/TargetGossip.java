package com.keeptrusts.gateway.provider.target;

import com.keeptrusts.gateway.contract.NodeEvent;
import com.keeptrusts.gateway.contract.NodeEvent.NodeLeaving;
import com.keeptrusts.gateway.contract.NodeEvent.NodePresent;
import com.keeptrusts.gateway.contract.Role;
import com.keeptrusts.gateway.contract.TargetTold;
import com.keeptrusts.gateway.contract.TargetsTold;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * What provider nodes tell each other of targets that are not well: at once when something changes, else each second, and
 * nothing while all is well. What is heard may be late, doubled or missing. Confined to one event loop.
 */
public final class TargetGossip {

    private static final int MOST_TARGETS = 256;
    private static final int MOST_NODES = 4_096;
    private static final long PERIOD = Duration.ofSeconds(1).toNanos();
    private static final long SILENCE =
            Duration.ofMillis(NodeEvent.SILENCE_MILLIS).toNanos();

    private final String node;
    private final TargetBoard board;
    private final LongSupplier nanos;
    private final Map<String, Long> heardAt = new HashMap<>();
    private long toldAt;
    private long toldChanges;

    public TargetGossip(String node, TargetBoard board) {
        this(node, board, System::nanoTime);
    }

    TargetGossip(String node, TargetBoard board, LongSupplier nanos) {
        this.node = node;
        this.board = board;
        this.nanos = nanos;
        this.toldAt = nanos.getAsLong();
    }

    /** What is to be told now; to be asked several times a second. */
    public Optional<TargetsTold> due() {
        long now = nanos.getAsLong();
        long changes = board.changes();
        if (changes == toldChanges && now - toldAt < PERIOD) {
            return Optional.empty();
        }
        toldChanges = changes;
        toldAt = now;
        forgetSilent(now);
        List<TargetTold> ill = board.states()
                .filter(TargetState::worthTelling)
                .limit(MOST_TARGETS)
                .map(TargetState::told)
                .toList();
        return ill.isEmpty() ? Optional.empty() : Optional.of(new TargetsTold(node, ill));
    }

    public void hear(TargetsTold told) {
        if (!told.node().equals(node)) {
            told.targets().stream().limit(MOST_TARGETS).forEach(target -> board.hear(told.node(), target));
        }
    }

    /** Other provider nodes: they take turns in probing. */
    public void hear(NodeEvent event) {
        switch (event) {
            case NodePresent present -> {
                if (present.roles().contains(Role.PROVIDER)
                        && !present.node().equals(node)
                        && (heardAt.size() < MOST_NODES || heardAt.containsKey(present.node()))) {
                    heardAt.put(present.node(), nanos.getAsLong());
                }
            }
            case NodeLeaving leaving -> heardAt.remove(leaving.node());
        }
        forgetSilent(nanos.getAsLong());
    }

    private void forgetSilent(long now) {
        heardAt.values().removeIf(at -> now - at > SILENCE);
        board.among(node, heardAt.keySet());
    }
}

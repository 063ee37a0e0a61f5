package com.keeptrusts.gateway.audit.witness;

import com.keeptrusts.gateway.contract.Address;
import com.keeptrusts.gateway.contract.Bus;
import com.keeptrusts.gateway.contract.PresenceEvent;
import com.keeptrusts.gateway.contract.PresenceEvent.WorkerLeaving;
import com.keeptrusts.gateway.contract.PresenceEvent.WorkerPresent;
import com.keeptrusts.gateway.contract.Registration;
import com.keeptrusts.gateway.contract.Role;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The other writers that live, from their announcements. Silence is counted in ticks of this process, so that its own
 * pauses are nobody else's silence. Confined to one event loop.
 */
public final class PeerWriters {

    /** A writer announces itself each second; after so many ticks of a second without a word it counts as gone. */
    static final int SILENT_TICKS = 4;

    private static final int MOST = 64;

    private final String node;
    private final Map<String, Heard> heard = new HashMap<>();
    private String self = "";

    /** A writer as it was last heard. */
    private record Heard(String node, int silentTicks) {}

    /** The writers that a process of this node hears. */
    public PeerWriters(String node) {
        this.node = node;
    }

    /** Completes when announcements are heard. */
    public Future<Registration> listen(Vertx vertx) {
        return Bus.of(vertx).listen(Address.PRESENCE, this::hear);
    }

    /** From now on this address is the own one, and no other's. */
    public void isSelf(String address) {
        self = address;
        heard.remove(address);
    }

    void hear(PresenceEvent event) {
        switch (event) {
            case WorkerPresent present -> {
                boolean known = heard.containsKey(present.address());
                if (present.role() == Role.AUDIT && !present.address().equals(self) && (known || heard.size() < MOST)) {
                    heard.put(present.address(), new Heard(present.node(), 0));
                }
            }
            case WorkerLeaving leaving -> heard.remove(leaving.address());
        }
    }

    /** To be called each second. */
    public void tick() {
        heard.replaceAll((_, writer) -> new Heard(writer.node(), writer.silentTicks() + 1));
        heard.values().removeIf(writer -> writer.silentTicks() > SILENT_TICKS);
    }

    /** Addresses, those on other nodes first, for they fail for other reasons than this one. */
    public List<String> live() {
        return heard.entrySet().stream()
                .sorted(Comparator.comparing((Map.Entry<String, Heard> writer) ->
                                writer.getValue().node().equals(node))
                        .thenComparing(Map.Entry::getKey))
                .map(Map.Entry::getKey)
                .toList();
    }

    public boolean isLive(String address) {
        return heard.containsKey(address);
    }
}

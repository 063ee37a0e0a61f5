package com.keeptrusts.gateway.node.reload;

import com.keeptrusts.gateway.contract.NodeEvent;
import com.keeptrusts.gateway.contract.NodeEvent.NodeLeaving;
import com.keeptrusts.gateway.contract.NodeEvent.NodePresent;
import com.keeptrusts.gateway.contract.Role;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** What the nodes last said about themselves, this one included. A node that is silent is forgotten. Thread-safe. */
public final class ConfigBoard {

    private static final int MOST_NODES = 4_096;

    private final LongSupplier nanos;
    private final Map<String, Heard> nodes = new HashMap<>();
    private final Set<String> known = new LinkedHashSet<>();

    private record Heard(NodePresent node, long nanos) {}

    public ConfigBoard() {
        this(System::nanoTime);
    }

    ConfigBoard(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** Whether a node has ever said that it is there; one that has not is still starting. */
    public synchronized boolean knows(String node) {
        return known.contains(node);
    }

    synchronized void hear(NodeEvent event) {
        if (known.add(event.node()) && known.size() > MOST_NODES) {
            known.remove(known.iterator().next());
        }
        switch (event) {
            case NodePresent present -> {
                if (nodes.size() < MOST_NODES || nodes.containsKey(present.node())) {
                    nodes.put(present.node(), new Heard(present, nanos.getAsLong()));
                }
            }
            case NodeLeaving leaving -> nodes.remove(leaving.node());
        }
    }

    /** The nodes that are there, by name. */
    public synchronized List<NodePresent> present() {
        long since = nanos.getAsLong() - TimeUnit.MILLISECONDS.toNanos(NodeEvent.SILENCE_MILLIS);
        nodes.values().removeIf(heard -> heard.nanos() - since < 0);
        return nodes.values().stream()
                .map(Heard::node)
                .sorted(Comparator.comparing(NodePresent::node))
                .toList();
    }

    /**
     * The nodes that run a configuration other than this node's, or than the first one's where this node runs none, each in
     * a sentence; empty when all run the same.
     */
    public List<String> differences(String node) {
        List<NodePresent> present = present();
        String own = digestOf(node, present);
        return present.stream()
                .filter(one -> !own.isEmpty() && decides(one) && !digestOf(one).equals(own))
                .map(one -> one.node() + " runs " + origin(one) + (one.trouble().isEmpty() ? "" : ": " + one.trouble()))
                .toList();
    }

    /** Where a node's configuration comes from, for a person. */
    public static String origin(NodePresent node) {
        if (digestOf(node).isEmpty()) {
            return "no configuration";
        }
        String digest = abbreviated(digestOf(node));
        return node.version().ownFiles()
                ? digest + " from files read at its start"
                : digest + " of reload " + node.version().number() + " on "
                        + node.version().node();
    }

    /** Enough of a digest to tell one from another. */
    private static String abbreviated(String digest) {
        return digest.substring(0, Math.min(12, digest.length()));
    }

    long highestNumber() {
        return present().stream()
                .mapToLong(node -> node.version().number())
                .max()
                .orElse(0);
    }

    List<String> digests() {
        return present().stream().map(ConfigBoard::digestOf).distinct().toList();
    }

    private static boolean decides(NodePresent node) {
        return node.roles().contains(Role.INGRESS) || !digestOf(node).isEmpty();
    }

    private static String digestOf(String node, List<NodePresent> present) {
        return present.stream()
                .filter(one -> one.node().equals(node) && !digestOf(one).isEmpty())
                .findFirst()
                .or(() ->
                        present.stream().filter(one -> !digestOf(one).isEmpty()).findFirst())
                .map(ConfigBoard::digestOf)
                .orElse("");
    }

    private static String digestOf(NodePresent node) {
        return node.version().digest();
    }
}

package com.keeptrusts.gateway.ingress;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Which writers to ask for a request's entries, in order. Those that are doubted come last, those on the own node first;
 * among equals the request's id decides by rendezvous hashing, on every node alike, so that both entries of a request
 * normally land in the same log, each writer gets its share, and only a lost writer's requests move.
 */
final class WriterChoice {

    /** Fractional part of the golden ratio, for telling the seeds of the two hashes apart. */
    private static final long SPREAD = 0x9E3779B97F4A7C15L;

    private WriterChoice() {}

    /** Each writer once, the best first. */
    static List<Worker> order(String node, String requestId, List<Worker> live) {
        if (live.size() < 2) {
            return live;
        }
        long request = hash(requestId);
        List<Worker> order = new ArrayList<>(live);
        order.sort(Comparator.comparing(Worker::doubted)
                .thenComparing(writer -> !writer.node().equals(node))
                .thenComparing(Comparator.comparingLong((Worker writer) -> weight(request, writer.address()))
                        .reversed()));
        return order;
    }

    static long weight(long requestHash, String address) {
        return mixed(requestHash ^ SPREAD * hash(address));
    }

    /** FNV-1a, 64 bits. */
    static long hash(String text) {
        long hash = 0xCBF29CE484222325L;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x100000001B3L;
        }
        return hash;
    }

    /** The finalizer of MurmurHash3: without it, which of two writers weighs more would hardly depend on the request. */
    private static long mixed(long value) {
        long mixed = (value ^ value >>> 33) * 0xFF51AFD7ED558CCDL;
        mixed = (mixed ^ mixed >>> 33) * 0xC4CEB9FE1A85EC53L;
        return mixed ^ mixed >>> 33;
    }
}

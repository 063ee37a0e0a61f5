package com.keeptrusts.gateway.provider.target;

import com.keeptrusts.gateway.provider.settings.Candidate;
import com.keeptrusts.gateway.provider.settings.ModelResolution;
import com.keeptrusts.gateway.provider.settings.Routing;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;

/** In which order the candidates of a call are tried: the strategy among those preferred, then the others as written. */
public final class TargetOrder {

    private final TargetBoard board;

    public TargetOrder(TargetBoard board) {
        this.board = board;
    }

    /** Targets that asked to be left alone come last, each part in its own order. */
    public List<Candidate> order(ModelResolution resolution, Routing routing) {
        List<Candidate> all = new ArrayList<>(byStrategy(resolution.preferred(), routing));
        all.addAll(resolution.others());
        List<Candidate> cooling = all.stream().filter(this::isCooling).toList();
        if (!cooling.isEmpty() && cooling.size() < all.size()) {
            all.removeAll(cooling);
            all.addAll(cooling);
        }
        return all;
    }

    private List<Candidate> byStrategy(List<Candidate> preferred, Routing routing) {
        if (preferred.size() < 2) {
            return preferred;
        }
        return switch (routing.strategy()) {
            case ORDERED -> preferred;
            case ROUND_ROBIN -> rotated(preferred, (int) Math.floorMod(board.nextTurn(), (long) preferred.size()));
            case WEIGHTED -> weighted(preferred);
            case LOWEST_LATENCY ->
                sorted(preferred, Comparator.comparingDouble(candidate -> latency(candidate, routing)));
            case LEAST_OUTSTANDING -> sorted(preferred, Comparator.comparingInt(this::outstanding));
        };
    }

    /** Each target has as many turns in a round as its weight says; of no weight, none. */
    private List<Candidate> weighted(List<Candidate> preferred) {
        long sum = preferred.stream()
                .mapToLong(candidate -> candidate.target().weight())
                .sum();
        if (sum == 0) {
            return preferred;
        }
        // Golden ratio steps through a round spread a target's turns instead of bunching them.
        double point = (board.nextTurn() * 0.6180339887498949) % 1.0 * sum;
        int chosen = 0;
        while (point >= preferred.get(chosen).target().weight()) {
            point -= preferred.get(chosen).target().weight();
            chosen++;
        }
        return rotated(preferred, chosen);
    }

    private static List<Candidate> rotated(List<Candidate> candidates, int by) {
        List<Candidate> rotated = new ArrayList<>(candidates);
        Collections.rotate(rotated, -by);
        return rotated;
    }

    private static List<Candidate> sorted(List<Candidate> candidates, Comparator<Candidate> order) {
        return candidates.stream().sorted(order).toList();
    }

    private boolean isCooling(Candidate candidate) {
        return board.state(candidate.target().id()).isCooling();
    }

    private int outstanding(Candidate candidate) {
        return board.state(candidate.target().id()).outstanding();
    }

    /** A target too little known comes first, so that it becomes known. */
    private double latency(Candidate candidate, Routing routing) {
        OptionalDouble mean = board.state(candidate.target().id()).meanLatency(routing);
        return mean.orElse(0);
    }
}

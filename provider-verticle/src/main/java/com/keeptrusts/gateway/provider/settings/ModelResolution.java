package com.keeptrusts.gateway.provider.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Which targets may answer a call for a model, with the model that each would be asked for.
 *
 * @param preferred those that serve what the client named; among them the routing strategy chooses
 * @param others to fall back on, with their own models
 */
public record ModelResolution(List<Candidate> preferred, List<Candidate> others) {

    public ModelResolution {
        preferred = List.copyOf(preferred);
        others = List.copyOf(others);
    }

    /** By the id of a target, else by its model, else by alias, else whichever target comes first. */
    public static ModelResolution of(ProvidersSettings providers, ModelAliases aliases, String requested) {
        List<TargetSettings> targets = providers.targets();
        Predicate<TargetSettings> named = target -> target.id().equals(requested);
        if (targets.stream().noneMatch(named)) {
            named = target -> requested.equals(target.model());
        }
        if (targets.stream().noneMatch(named)) {
            named = target -> target.model() != null && serves(target, target.model(), aliases, requested);
        }
        if (targets.stream().noneMatch(named)) {
            return new ModelResolution(ordered(targets, aliases, requested), List.of());
        }
        List<Candidate> preferred = new ArrayList<>();
        List<Candidate> others = new ArrayList<>();
        for (TargetSettings target : targets) {
            (named.test(target) ? preferred : others).add(candidate(target, aliases, requested));
        }
        return new ModelResolution(preferred, others);
    }

    /** Nobody serves the model by name: an operator's alias goes to the first target as it stands. */
    private static List<Candidate> ordered(List<TargetSettings> targets, ModelAliases aliases, String requested) {
        List<Candidate> candidates = new ArrayList<>();
        for (TargetSettings target : targets) {
            String alias = aliases.configured().get(requested);
            candidates.add(
                    candidates.isEmpty() && alias != null
                            ? new Candidate(target, alias)
                            : candidate(target, aliases, requested));
        }
        return candidates;
    }

    private static Candidate candidate(TargetSettings target, ModelAliases aliases, String requested) {
        String model = target.model() == null ? requested : target.model();
        return new Candidate(target, aliases.upstreamId(target.provider(), model));
    }

    /** Every candidate, those preferred first. */
    public List<Candidate> all() {
        List<Candidate> all = new ArrayList<>(preferred);
        all.addAll(others);
        return all;
    }

    private static boolean serves(TargetSettings target, String model, ModelAliases aliases, String requested) {
        String upstream = aliases.upstreamId(target.provider(), requested);
        return upstream.equals(aliases.upstreamId(target.provider(), model));
    }
}

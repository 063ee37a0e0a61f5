package com.keeptrusts.gateway.node;

import com.keeptrusts.gateway.config.NearestName;
import com.keeptrusts.gateway.contract.Role;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What one process does, as {@code --roles} says it: {@code ingress,provider,audit}, {@code policy} (every kind), or
 * {@code policy:pii-detector=4} (that kind, so many workers).
 *
 * @param kinds workers per named policy kind; empty when every kind is served
 */
public record Roles(Set<Role> roles, Map<String, Integer> kinds) {

    private static final List<String> NAMES = List.of("ingress", "policy", "provider", "audit", "all");
    private static final int MAX_INSTANCES = 256;

    public static final Roles ALL = new Roles(EnumSet.allOf(Role.class), Map.of());

    public Roles {
        roles = Set.copyOf(roles);
        kinds = Map.copyOf(kinds);
    }

    /**
     * Reads the value of {@code --roles}.
     *
     * @param installed the policy kinds that exist
     * @throws IllegalArgumentException that tells what was expected
     */
    public static Roles parse(String text, Collection<String> installed) {
        Set<Role> roles = EnumSet.noneOf(Role.class);
        Map<String, Integer> kinds = new TreeMap<>();
        for (String item : text.split(",", -1)) {
            String[] parts = item.strip().split(":", 2);
            String name = parts[0].toLowerCase(Locale.ROOT);
            if (!NAMES.contains(name)) {
                throw unknown("role", parts[0], NAMES);
            }
            if (name.equals("all")) {
                roles.addAll(ALL.roles());
            } else {
                roles.add(Role.valueOf(name.toUpperCase(Locale.ROOT)));
            }
            if (parts.length == 2) {
                kinds.putAll(parseInstances(parts[1], installed));
            }
        }
        return new Roles(roles, kinds);
    }

    /** Reads {@code kind=n,kind=n}; a kind alone means one worker. */
    public static Map<String, Integer> parseInstances(String text, Collection<String> installed) {
        Map<String, Integer> instances = new TreeMap<>();
        for (String item : text.split(",", -1)) {
            String[] parts = item.strip().split("=", 2);
            if (!installed.contains(parts[0])) {
                throw unknown("policy kind", parts[0], installed);
            }
            instances.put(parts[0], parts.length == 1 ? 1 : count(parts[0], parts[1]));
        }
        return instances;
    }

    public boolean has(Role role) {
        return roles.contains(role);
    }

    /** As a person would write it. */
    public String describe() {
        return roles.stream()
                .sorted()
                .map(role -> role.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(","));
    }

    private static int count(String kind, String number) {
        try {
            int count = Integer.parseInt(number.strip());
            if (count >= 1 && count <= MAX_INSTANCES) {
                return count;
            }
        } catch (NumberFormatException _) {
            // said below, as for a number out of range
        }
        throw new IllegalArgumentException(kind + ": '" + number + "' (expected: 1 to " + MAX_INSTANCES + ")");
    }

    private static IllegalArgumentException unknown(String what, String found, Collection<String> expected) {
        String hint = NearestName.of(found, expected)
                .map(near -> "; did you mean '" + near + "'?")
                .orElse("");
        return new IllegalArgumentException(
                what + ": '" + found + "' (expected: " + String.join(", ", expected) + ")" + hint);
    }
}

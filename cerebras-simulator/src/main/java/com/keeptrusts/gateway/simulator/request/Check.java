package com.keeptrusts.gateway.simulator.request;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** One rule of the request schema: looks at a value and returns the first violation, or null when it fits. */
interface Check {

    @Nullable
    Violation at(List<String> path, JsonNode value);

    static Check that(Predicate<JsonNode> holds, String expected) {
        return (path, value) -> holds.test(value) ? null : Violation.of(path, expected);
    }

    static Check anything() {
        return (_, _) -> null;
    }

    /** An object of which every member is accepted. */
    static Check map() {
        return that(JsonNode::isObject, "Input should be a valid object");
    }

    static Check text() {
        return that(JsonNode::isTextual, "Input should be a valid string");
    }

    static Check flag() {
        return that(JsonNode::isBoolean, "Input should be a valid boolean");
    }

    static Check whole(long least, long most) {
        return that(
                value -> value.isIntegralNumber() && value.longValue() >= least && value.longValue() <= most,
                "Input should be a valid integer from " + least + " to " + most);
    }

    static Check number(double least, double most) {
        return that(
                value -> value.isNumber() && value.doubleValue() >= least && value.doubleValue() <= most,
                "Input should be a valid number from " + least + " to " + most);
    }

    static Check oneOf(String... allowed) {
        var names = Set.of(allowed);
        return that(
                value -> value.isTextual() && names.contains(value.textValue()),
                "Input should be one of " + String.join(", ", allowed));
    }

    static Check list(int least, int most, Check each) {
        return (path, value) -> {
            if (!value.isArray() || value.size() < least || value.size() > most) {
                return Violation.of(path, "Input should be a list of " + least + " to " + most + " items");
            }
            for (int at = 0; at < value.size(); at++) {
                Violation found = each.at(under(path, Integer.toString(at)), value.get(at));
                if (found != null) {
                    return found;
                }
            }
            return null;
        };
    }

    /** Each alternative says which values it is for; the first that is for this one decides. */
    static Check when(Predicate<JsonNode> isThis, Check then, Check otherwise) {
        return (path, value) -> (isThis.test(value) ? then : otherwise).at(path, value);
    }

    /** A closed object: a member that is not listed is a violation, a listed one may be null unless it is required. */
    static Check object(Map<String, Check> members, String... required) {
        var needed = Set.of(required);
        return (path, value) -> {
            if (!value.isObject()) {
                return Violation.of(path, "Input should be a valid object");
            }
            for (String name : required) {
                if (value.path(name).isMissingNode()) {
                    return Violation.of(under(path, name), "Field required");
                }
            }
            for (var member : value.properties()) {
                Violation found = member(path, member.getKey(), member.getValue(), members, needed);
                if (found != null) {
                    return found;
                }
            }
            return null;
        };
    }

    private static @Nullable Violation member(
            List<String> path, String name, JsonNode value, Map<String, Check> members, Set<String> needed) {
        Check check = members.get(name);
        if (check == null) {
            return Violation.unknown(under(path, name));
        }
        return value.isNull() && !needed.contains(name) ? null : check.at(under(path, name), value);
    }

    static List<String> under(List<String> path, String segment) {
        var longer = new ArrayList<>(path);
        longer.add(segment);
        return List.copyOf(longer);
    }
}

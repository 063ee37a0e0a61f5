package com.keeptrusts.gateway.node.config;

import java.util.List;
import java.util.stream.Collectors;

/** Configuration files that were refused, with everything that is wrong in them. */
public final class InvalidConfigException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final transient List<PlacedProblem> problems;

    InvalidConfigException(List<PlacedProblem> problems) {
        super(
                problems.stream().map(PlacedProblem::describe).collect(Collectors.joining(System.lineSeparator())),
                null,
                false,
                false);
        this.problems = List.copyOf(problems);
    }

    public List<PlacedProblem> problems() {
        return problems;
    }
}

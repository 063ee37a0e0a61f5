package com.keeptrusts.gateway.node.config;

import java.util.List;
import java.util.stream.Collectors;

/** Configuration files that were refused, with everything that is wrong in them. */
public final class InvalidConfigException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final transient List<PlacedProblem> problems;
    private final String digest;

    /** Of files that do not even come to a configuration. */
    InvalidConfigException(List<PlacedProblem> problems) {
        this(problems, "");
    }

    InvalidConfigException(List<PlacedProblem> problems, String digest) {
        super(
                problems.stream().map(PlacedProblem::describe).collect(Collectors.joining(System.lineSeparator())),
                null,
                false,
                false);
        this.problems = List.copyOf(problems);
        this.digest = digest;
    }

    /** Of what the files come to, merged; empty when they cannot be merged. */
    public String digest() {
        return digest;
    }

    public List<PlacedProblem> problems() {
        return problems;
    }
}

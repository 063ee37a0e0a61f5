package com.keeptrusts.gateway.config;

import java.util.List;
import java.util.stream.Collectors;

/** A configuration that was refused, with everything that is wrong in it. Its message holds no secret: values are references. */
public final class ConfigException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final transient List<ConfigProblem> problems;

    public ConfigException(List<ConfigProblem> problems) {
        super(problems.stream().map(ConfigProblem::describe).collect(Collectors.joining(System.lineSeparator())));
        this.problems = List.copyOf(problems);
    }

    public ConfigException(String code, String path, String message) {
        this(List.of(new ConfigProblem(code, path, message, null)));
    }

    public List<ConfigProblem> problems() {
        return problems;
    }
}

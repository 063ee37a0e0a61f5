package com.keeptrusts.gateway.node.config;

import com.keeptrusts.gateway.config.ConfigProblem;
import io.vertx.core.json.JsonObject;

/** A mistake with the file and line where it stands; line 0 when it stands nowhere (something is missing at the top). */
public record PlacedProblem(ConfigProblem problem, String file, int line) {

    /** As compilers do: {@code file:line: path: message}. */
    public String describe() {
        return file + ":" + (line == 0 ? "" : line + ":") + " " + problem.describe();
    }

    public JsonObject toJson() {
        var json = new JsonObject()
                .put("code", problem.code())
                .put("path", problem.path())
                .put("file", file)
                .put("line", line)
                .put("message", problem.message());
        return problem.suggestion() == null ? json : json.put("suggestion", problem.suggestion());
    }
}

package com.keeptrusts.gateway.node.evaluation;

import io.vertx.core.json.JsonObject;
import java.util.List;

/** What an evaluation came to. */
public record Report(String heading, List<Table> tables) {

    public Report {
        tables = List.copyOf(tables);
    }

    /** For a terminal. */
    public String text() {
        var out = new StringBuilder(heading).append('\n');
        tables.forEach(table -> table.print(out));
        return out.toString();
    }

    /** One object; each table is a list of objects, under its title. */
    public JsonObject json() {
        var object = new JsonObject().put("evaluation", heading);
        tables.forEach(table -> object.put(table.title(), table.json()));
        return object;
    }

    /** A page that says by which command it was made. */
    public String markdown(String command) {
        var out = new StringBuilder("# ")
                .append(heading)
                .append("\n\nWritten by `")
                .append(command)
                .append("`.\n");
        tables.forEach(table -> table.printMarkdown(out));
        return out.toString();
    }
}

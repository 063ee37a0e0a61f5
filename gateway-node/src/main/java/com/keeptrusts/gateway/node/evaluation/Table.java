package com.keeptrusts.gateway.node.evaluation;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Figures in rows. A {@code Double} is a share or a time, a {@code Long} a number of texts or values.
 *
 * @param title what the figures are
 * @param columns one name per cell of a row
 */
record Table(String title, List<String> columns, List<List<Object>> rows) {

    /** A share that does not exist, because nothing was there to be counted. */
    static final double NONE = Double.NaN;

    Table(String title, String... columns) {
        this(title, List.of(columns), new ArrayList<>());
    }

    Table row(Object... cells) {
        rows.add(List.of(cells));
        return this;
    }

    static double share(long some, long all) {
        return all == 0 ? NONE : (double) some / all;
    }

    /** In columns, for a terminal. */
    void print(StringBuilder out) {
        out.append('\n').append(title).append('\n');
        int[] widths = new int[columns.size()];
        for (int c = 0; c < widths.length; c++) {
            int column = c;
            widths[c] = Math.max(
                    columns.get(c).length(),
                    rows.stream()
                            .mapToInt(row -> shown(row.get(column)).length())
                            .max()
                            .orElse(0));
        }
        line(out, List.copyOf(columns), widths);
        rows.forEach(row -> line(out, row, widths));
    }

    private static void line(StringBuilder out, List<?> cells, int[] widths) {
        for (int c = 0; c < widths.length; c++) {
            String cell = shown(cells.get(c));
            String gap = " ".repeat(widths[c] - cell.length());
            out.append("  ").append(c == 0 ? cell + gap : gap + cell);
        }
        out.append('\n');
    }

    void printMarkdown(StringBuilder out) {
        out.append("\n## ")
                .append(title)
                .append("\n\n| ")
                .append(String.join(" | ", columns))
                .append(" |\n|");
        out.append("---|").append("---:|".repeat(columns.size() - 1)).append('\n');
        for (List<Object> row : rows) {
            out.append('|');
            row.forEach(cell ->
                    out.append(' ').append(shown(cell).replace("|", "\\|")).append(" |"));
            out.append('\n');
        }
    }

    JsonArray json() {
        var array = new JsonArray();
        for (List<Object> row : rows) {
            var object = new JsonObject();
            for (int c = 0; c < columns.size(); c++) {
                Object cell = row.get(c);
                object.put(columns.get(c), cell instanceof Double number && number.isNaN() ? null : cell);
            }
            array.add(object);
        }
        return array;
    }

    private static String shown(Object cell) {
        return switch (cell) {
            case Double number when number.isNaN() -> "-";
            case Double number -> String.format(Locale.ROOT, "%.4f", number);
            default -> cell.toString();
        };
    }
}

package com.keeptrusts.gateway.benchmarks;

import java.util.List;
import java.util.Locale;

/** Writes figures as the Markdown that the documentation shows. */
final class FigureTable {

    private FigureTable() {}

    static String of(List<Figure> figures, List<String> notes) {
        var out = new StringBuilder(
                "| Row | Must | Aim | Measured | Of the must | | Beside |\n|---|---|---|---|---|---|---|\n");
        for (Figure figure : figures) {
            out.append(line(figure)).append('\n');
        }
        notes.forEach(note -> out.append("\n- ").append(note));
        return out.append('\n').toString();
    }

    static String line(Figure figure) {
        Budget budget = figure.budget();
        String sign = budget.side() == Budget.Side.AT_LEAST ? "≥ " : "≤ ";
        return "| " + figure.row()
                + " | " + sign + number(budget.must()) + " " + figure.unit()
                + " | " + number(budget.aim())
                + " | **" + number(figure.measured()) + "** " + figure.unit()
                + " | " + number(100 * figure.measured() / budget.must()) + " %"
                + " | " + mark(figure)
                + " | " + figure.beside() + " |";
    }

    private static String mark(Figure figure) {
        if (figure.budget().reachesAim(figure.measured())) {
            return "aim";
        }
        return figure.budget().holds(figure.measured()) ? "held" : "**not held**";
    }

    /** Three digits that matter, no exponent. */
    static String number(double value) {
        if (Double.isNaN(value)) {
            return "-";
        }
        double size = Math.abs(value);
        String format = size >= 100 ? "%,.0f" : size >= 10 ? "%.1f" : size >= 1 ? "%.2f" : "%.3f";
        return String.format(Locale.ROOT, format, value);
    }
}

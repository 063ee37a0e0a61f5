package com.keeptrusts.gateway.audit.read;

import com.keeptrusts.gateway.audit.ledger.LedgerEntry;
import com.keeptrusts.gateway.contract.Bytes;
import com.keeptrusts.gateway.json.JsonText;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Entries as lines: for a terminal, for programs, for a spreadsheet. What clients chose (a model's name) can bring
 * neither control sequences into a terminal nor formulas into a spreadsheet.
 */
public final class EventLines {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSS").withZone(ZoneOffset.UTC);

    private static final List<String> COLUMNS = List.of(
            "time",
            "type",
            "request_id",
            "verdict",
            "policies",
            "status",
            "code",
            "ended_by",
            "model",
            "stream",
            "micros",
            "prompt_tokens",
            "completion_tokens",
            "origin",
            "index",
            "signed");

    private EventLines() {}

    public static String tableHeader() {
        return row("TIME (UTC)", "EVENT", "VERDICT", "STATUS", "MS", "TOKENS", "MODEL", "REQUEST", "DETAIL");
    }

    /** One line for a person. */
    public static String tableRow(LedgerEntry entry) {
        EventView view = EventView.of(entry);
        String tokens = view.promptTokens() < 0 ? "" : view.promptTokens() + "+" + view.completionTokens();
        return row(
                TIME.format(entry.time()),
                entry.head().type(),
                view.verdict(),
                view.status() < 0 ? "" : String.valueOf(view.status()),
                view.micros() < 0 ? "" : "%.1f".formatted(view.micros() / 1_000.0),
                tokens,
                view.model(),
                entry.head().requestId(),
                EntryDetail.of(entry, view));
    }

    /** One JSON object: where the entry stands, and its leaf byte for byte. */
    public static String json(LedgerEntry entry) {
        String origin = new String(JsonText.literal(entry.origin()), StandardCharsets.UTF_8);
        return "{\"origin\":" + origin + ",\"index\":" + entry.index() + ",\"signed\":" + entry.signed() + ",\"entry\":"
                + leaf(entry.leaf()) + "}";
    }

    public static String csvHeader() {
        return String.join(",", COLUMNS);
    }

    public static String csvRow(LedgerEntry entry) {
        EventView view = EventView.of(entry);
        return List.of(
                        entry.time().toString(),
                        entry.head().type(),
                        entry.head().requestId(),
                        view.verdict(),
                        view.policyText(),
                        known(view.status()),
                        view.code(),
                        view.endedBy(),
                        view.model(),
                        view.stream(),
                        known(view.micros()),
                        known(view.promptTokens()),
                        known(view.completionTokens()),
                        entry.origin(),
                        String.valueOf(entry.index()),
                        String.valueOf(entry.signed()))
                .stream()
                .map(EventLines::cell)
                .collect(Collectors.joining(","));
    }

    private static String leaf(Bytes leaf) {
        return EventView.isJson(leaf) ? leaf.toUtf8().replace('\n', ' ') : "null";
    }

    private static String known(long number) {
        return number < 0 ? "" : String.valueOf(number);
    }

    private static String row(String... cells) {
        int[] widths = {23, 17, 8, 6, 9, 11, 24, 36, 0};
        var line = new StringBuilder();
        for (int i = 0; i < cells.length; i++) {
            String cell = printable(cells[i]);
            line.append(cell).repeat(' ', Math.max(1, widths[i] + 2 - cell.length()));
        }
        return line.toString().stripTrailing();
    }

    /** Control characters could move the cursor or hide text. */
    static String printable(String text) {
        return text.codePoints()
                .map(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT ? '\uFFFD' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /** RFC 4180, 2; a text that a spreadsheet would take for a formula begins with an apostrophe. */
    private static String cell(String text) {
        String shown = printable(text);
        String safe = isFormula(shown) ? "'" + shown : shown;
        boolean quoted = safe.chars().anyMatch(c -> c == ',' || c == '"' || c == ';');
        return quoted ? '"' + safe.replace("\"", "\"\"") + '"' : safe;
    }

    /** Spreadsheets skip spaces before a sign, and some read its full-width form as well. */
    private static boolean isFormula(String text) {
        String inner = text.stripLeading();
        return !inner.isEmpty() && "=+-@\uFF1D\uFF0B\uFF0D\uFF20\uFFFD".indexOf(inner.charAt(0)) >= 0;
    }
}

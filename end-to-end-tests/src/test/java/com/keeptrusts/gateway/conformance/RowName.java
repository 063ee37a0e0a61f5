package com.keeptrusts.gateway.conformance;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the name of a test says: a row of the wire contract, and a sentence about it.
 *
 * @param letter of the row: R, S or E, in the order of the contract
 */
record RowName(Letter letter, int number, String what) {

    /** The parts of the contract. */
    enum Letter {
        R,
        S,
        E
    }

    static final String HEAD = """
            # Conformance

            What the gateway promises on the wire, row by row: requests (R), answers (S), errors (E). Each line is a test of
            `end-to-end-tests` that ran over real sockets through the whole gateway; this file is written by
            `./kt test --conformance --write` and compared by `./kt test --conformance`.

            | Row | What | Result |
            |---|---|---|
            """;

    private static final Pattern NAME = Pattern.compile("([rse])(\\d+)_(\\w+)");
    private static final Pattern WORD =
            Pattern.compile("(?<=[a-zA-Z])(?=[0-9])|(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])");

    static Optional<RowName> of(String method) {
        Matcher name = NAME.matcher(method);
        if (!name.matches()) {
            return Optional.empty();
        }
        String what = String.join(" ", WORD.split(name.group(3), 0)).toLowerCase(Locale.ROOT);
        return Optional.of(new RowName(
                Letter.valueOf(name.group(1).toUpperCase(Locale.ROOT)), Integer.parseInt(name.group(2)), what));
    }

    String id() {
        return letter.name() + number;
    }

    String line(String result) {
        return "| " + id() + " | " + what + " | " + result + " |\n";
    }
}

package com.keeptrusts.gateway.faults;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A row of the fault matrix: nodes and network (N), clients (C), upstreams (P), disks (K). */
record RowId(char letter, int number) implements Comparable<RowId> {

    private static final Pattern WRITTEN = Pattern.compile("([NCPKncpk])(\\d{1,2})");
    private static final String ORDER = "NCPK";

    static Optional<RowId> parse(String text) {
        Matcher found = WRITTEN.matcher(text);
        return found.matches()
                ? Optional.of(
                        new RowId(Character.toUpperCase(found.group(1).charAt(0)), Integer.parseInt(found.group(2))))
                : Optional.empty();
    }

    @Override
    public int compareTo(RowId other) {
        return Comparator.comparingInt((RowId row) -> ORDER.indexOf(row.letter()))
                .thenComparingInt(RowId::number)
                .compare(this, other);
    }

    @Override
    public String toString() {
        return letter + Integer.toString(number);
    }
}

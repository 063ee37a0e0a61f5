package com.keeptrusts.gateway.policy.pii;

import java.util.Set;

/** Knows values by what stands directly before them: {@code password: …}, {@code "apiKey": "…"}, {@code Bearer …}. */
final class Labels {

    enum Label {
        NONE,
        PASSWORD,
        TOKEN,
        HOLDER
    }

    private static final int LONGEST_JOINT = 6;
    private static final int LONGEST_VALUE = 400;
    private static final int LONGEST_NAME = 40;

    private static final Set<String> COPULAS = Set.of("is", "was", "ist", "lautet", "est", "es", "è", "é", "to");
    private static final Set<String> SCHEMES = Set.of("bearer", "basic");

    private final boolean secrets;
    private final boolean holders;

    Labels(Set<PiiType> types) {
        secrets = types.contains(PiiType.SECRET);
        holders = types.contains(PiiType.CARDHOLDER_NAME);
    }

    boolean secrets() {
        return secrets;
    }

    /** What the text before {@code at} says about the value there. Ordinary words are dismissed by one look. */
    Label before(char[] text, int floor, int at) {
        int joint = at - 1;
        int first = Math.max(floor, at - LONGEST_JOINT);
        while (joint >= first && (Chars.gap(text[joint]) || quote(text[joint]))) {
            joint--;
        }
        if (joint < first) {
            return Label.NONE;
        }
        char c = text[joint];
        if (c == ':' || c == '=' || c == '>') {
            return keyed(text, floor, joint);
        }
        return joint == at - 2 && Chars.letter(c) ? spoken(text, floor, joint) : Label.NONE;
    }

    private static boolean quote(char c) {
        return c == '"' || c == '\'' || c == '`' || c == '\\' || c == '(' || c == '*';
    }

    private Label keyed(char[] text, int floor, int joint) {
        int end = joint;
        while (end >= floor && ":=>-\"'`]\\* ?".indexOf(text[end]) >= 0) {
            end--;
        }
        return named(text, floor, end);
    }

    private Label spoken(char[] text, int floor, int last) {
        int first = last;
        while (first > floor && last - first < 8 && Chars.letter(text[first - 1])) {
            first--;
        }
        if (last - first > 7 || last - first < 1) {
            return Label.NONE;
        }
        String word = fold(text, first, last + 1);
        if (SCHEMES.contains(word)) {
            return secrets ? Label.TOKEN : Label.NONE;
        }
        if (COPULAS.contains(word) && first - 1 > floor && text[first - 1] == ' ') {
            return named(text, floor, first - 2);
        }
        return first - 2 >= floor && text[first - 1] == '-' && text[first - 2] == '-'
                ? named(text, floor, last)
                : Label.NONE;
    }

    private static String fold(char[] text, int from, int to) {
        var folded = new StringBuilder(to - from);
        for (int i = from; i < to; i++) {
            folded.append(Chars.fold(text[i]));
        }
        return folded.toString();
    }

    private Label named(char[] text, int floor, int last) {
        Label label = KeyNames.before(text, floor, last);
        boolean wanted = label == Label.HOLDER ? holders : secrets;
        return wanted ? label : Label.NONE;
    }

    /** Adds the labelled value at {@code at}, if it is one; false when more text is needed to tell. */
    boolean value(Label label, char[] text, int at, int limit, boolean complete, Candidates found) {
        return label == Label.HOLDER
                ? holder(text, at, limit, complete, found)
                : secret(label, text, at, limit, complete, found);
    }

    private boolean secret(Label label, char[] text, int at, int limit, boolean complete, Candidates found) {
        char opening = text[at - 1];
        boolean quoted = opening == '"' || opening == '\'' || opening == '`';
        int end = at;
        while (end < limit && end - at <= LONGEST_VALUE && !stops(text[end], quoted, opening)) {
            end++;
        }
        if (end >= limit && end - at <= LONGEST_VALUE && !complete) {
            return false;
        }
        if (end - at <= LONGEST_VALUE) {
            int trimmed = quoted ? end : trim(text, at, end);
            String value = new String(text, at, trimmed - at);
            boolean real = label == Label.PASSWORD ? SecretValue.password(value) : SecretValue.token(value);
            found.add(PiiType.SECRET, at, trimmed, real ? 0.9 : 0);
        }
        return true;
    }

    private static boolean stops(char c, boolean quoted, char opening) {
        return c <= ' ' || c >= 0x2E80 || (quoted ? c == opening || c == '\\' : c == '<' || c == '"');
    }

    private static int trim(char[] text, int at, int end) {
        int trimmed = end;
        while (trimmed > at && ".,;:)]}'`".indexOf(text[trimmed - 1]) >= 0) {
            trimmed--;
        }
        return trimmed;
    }

    /** Two to four capitalised words. */
    private boolean holder(char[] text, int at, int limit, boolean complete, Candidates found) {
        int words = 0;
        int end = at;
        int i = at;
        while (i < limit && i - at < LONGEST_NAME && words < 4 && Character.isUpperCase(text[i])) {
            while (i < limit && i - at < LONGEST_NAME && (Chars.letter(text[i]) || text[i] == '-' || text[i] == '.')) {
                i++;
            }
            words++;
            end = i;
            if (i < limit && text[i] == ' ') {
                i++;
            }
        }
        if (i >= limit && !complete) {
            return false;
        }
        found.add(PiiType.CARDHOLDER_NAME, at, end, words >= 2 ? 0.7 : 0);
        return true;
    }
}

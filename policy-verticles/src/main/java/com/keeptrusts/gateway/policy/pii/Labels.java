package com.keeptrusts.gateway.policy.pii;

import java.util.Set;

/** Knows values by what stands directly before them: {@code password: …}, {@code "apiKey": "…"}, {@code Bearer …}. */
final class Labels {

    enum Label {
        NONE,
        PASSWORD,
        /** A name of a password with nothing but a space behind it. */
        NAKED_PASSWORD,
        TOKEN,
        HOLDER
    }

    private static final char WIDE_COLON = '\uFF1A';
    private static final int LONGEST_JOINT = 6;
    private static final int LONGEST_VALUE = 400;
    private static final int LONGEST_NAME = 40;

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
        if (c == ':' || c == '=' || c == '>' || c == WIDE_COLON) {
            return keyed(text, floor, joint);
        }
        boolean quoted = text[at - 1] == '"' || text[at - 1] == '\'';
        if (!Chars.letter(c) || (joint != at - 2 && !(quoted && joint == at - 3))) {
            return Label.NONE;
        }
        Label label = spoken(text, floor, joint);
        return label == Label.NAKED_PASSWORD && quoted ? Label.PASSWORD : label;
    }

    private static boolean quote(char c) {
        return c == '"' || c == '\'' || c == '`' || c == '\\' || c == '(' || c == '*';
    }

    private Label keyed(char[] text, int floor, int joint) {
        int end = joint;
        while (end >= floor && ":=>-\"'`]\\* ?\uFF1A".indexOf(text[end]) >= 0) {
            end--;
        }
        return named(text, floor, end);
    }

    /** "password is …", "Bearer …", "--password …". */
    private Label spoken(char[] text, int floor, int last) {
        int start = Spoken.start(text, floor, last);
        if (start >= 0) {
            Label ofScheme = secrets ? Label.TOKEN : Label.NONE;
            return Spoken.scheme(text[start]) ? ofScheme : named(text, floor, start - 2);
        }
        Label label = named(text, floor, last);
        return label == Label.PASSWORD && !option(text, floor, last) ? Label.NAKED_PASSWORD : label;
    }

    /** Whether the word that ends at {@code last} begins with two hyphens, as the option of a command does. */
    private static boolean option(char[] text, int floor, int last) {
        int first = last;
        while (first > floor && (Chars.letter(text[first - 1]) || text[first - 1] == '-')) {
            first--;
        }
        return text[first] == '-' && text[first + 1] == '-';
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
            String value = new String(text, at, ellipsis(text, trimmed, end) ? end - at : trimmed - at);
            boolean real = switch (label) {
                case PASSWORD -> SecretValue.password(value);
                case NAKED_PASSWORD -> SecretValue.strongPassword(value);
                default -> SecretValue.token(value);
            };
            found.add(PiiType.SECRET, at, trimmed, real ? 0.9 : 0);
        }
        return true;
    }

    private static boolean stops(char c, boolean quoted, char opening) {
        return c <= ' ' || c >= 0x2E80 || (quoted ? c == opening || c == '\\' : c == '<' || c == '"');
    }

    /** Three dots at the end tell that the value was shortened. */
    private static boolean ellipsis(char[] text, int from, int to) {
        return to - from >= 3 && text[from] == '.' && text[from + 1] == '.' && text[from + 2] == '.';
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

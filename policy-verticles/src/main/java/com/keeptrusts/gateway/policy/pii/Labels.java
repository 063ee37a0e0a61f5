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
        HOLDER,
        /** Announces a name of two words or more. */
        PERSON,
        /** Announces a name, be it one word. */
        TITLE,
        ADDRESS
    }

    private static final char WIDE_COLON = '\uFF1A';
    private static final int LONGEST_JOINT = 6;
    private static final int LONGEST_VALUE = 400;
    private static final int LONGEST_NAME = 40;
    private static final int LONGEST_ADDRESS = 56;

    private final boolean secrets;
    private final boolean holders;
    private final boolean persons;
    private final boolean addresses;

    Labels(Set<PiiType> types) {
        secrets = types.contains(PiiType.SECRET);
        holders = types.contains(PiiType.CARDHOLDER_NAME);
        persons = types.contains(PiiType.PERSON);
        addresses = types.contains(PiiType.ADDRESS);
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
        if (c == '.' && persons && joint == at - 2) {
            return KeyNames.before(text, floor, joint - 1) == Label.TITLE ? Label.TITLE : Label.NONE;
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
        boolean wanted = switch (label) {
            case HOLDER -> holders;
            case PERSON, TITLE -> persons;
            case ADDRESS -> addresses;
            case NONE, PASSWORD, NAKED_PASSWORD, TOKEN -> secrets;
        };
        return wanted ? label : Label.NONE;
    }

    /** Adds the labelled value at {@code at}, if it is one; false when more text is needed to tell. */
    boolean value(Label label, char[] text, int at, int limit, boolean complete, Candidates found) {
        return switch (label) {
            case HOLDER -> name(PiiType.CARDHOLDER_NAME, 2, text, at, limit, complete, found);
            case PERSON -> name(PiiType.PERSON, 2, text, at, limit, complete, found);
            case TITLE -> name(PiiType.PERSON, 1, text, at, limit, complete, found);
            case ADDRESS -> address(text, at, limit, complete, found);
            case NONE, PASSWORD, NAKED_PASSWORD, TOKEN -> secret(label, text, at, limit, complete, found);
        };
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

    /** So many to four capitalised words. */
    private static boolean name(
            PiiType type, int fewest, char[] text, int at, int limit, boolean complete, Candidates found) {
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
        while (end > at && text[end - 1] == '.') {
            end--;
        }
        found.add(type, at, end, words >= fewest && end - at > 1 ? 0.7 : 0);
        return true;
    }

    /** What stands up to the end of the line or the sentence, when it has a number and words with capitals. */
    private static boolean address(char[] text, int at, int limit, boolean complete, Candidates found) {
        int end = at;
        int digits = 0;
        int spaces = 0;
        int capitals = 0;
        while (end < limit && end - at < LONGEST_ADDRESS && !closes(text, end, limit)) {
            digits += Chars.digit(text[end]) ? 1 : 0;
            spaces += text[end] == ' ' ? 1 : 0;
            boolean first = end == at || !Chars.letter(text[end - 1]);
            capitals += first && Character.isUpperCase(text[end]) ? 1 : 0;
            end++;
        }
        if (end + 1 >= limit && !complete) {
            return false;
        }
        while (end > at && (text[end - 1] == ' ' || text[end - 1] == ',' || text[end - 1] == '.')) {
            end--;
        }
        boolean starts = Chars.digit(text[at]) || Character.isUpperCase(text[at]);
        boolean address = starts && digits > 0 && capitals > 0 && spaces > 0 && end - at >= 8;
        found.add(PiiType.ADDRESS, at, end, address ? 0.6 : 0);
        return true;
    }

    private static boolean closes(char[] text, int i, int limit) {
        char c = text[i];
        boolean sentence = c == '.' && i + 1 < limit && text[i + 1] == ' ' && i > 2 && Chars.letter(text[i - 3]);
        return c == '\n' || c == '"' || c == '<' || c == ';' || c == '@' || c == '{' || c == '|' || sentence;
    }
}

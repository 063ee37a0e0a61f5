package com.keeptrusts.gateway.policy.pii;

import java.util.Set;

/** What a word can contribute to a value of several words. */
enum WordShape {
    NUMBER,
    /** One or two capitals, as at the start of a British insurance number. */
    INITIALS,
    /** Up to six capitals, as in the groups of an account number. */
    CAPITALS,
    MONTH,
    /** What stands between day, month and year in some languages. */
    LINK,
    /** A lone hyphen or slash. */
    DASH,
    /** A number at the end of a sentence. */
    LAST_NUMBER,
    /** Letters of an account number at the end of a sentence. */
    LAST_CAPITALS,
    OTHER;

    private static final int LONGEST = 40;
    private static final Set<String> LINKS = Set.of("de", "of", "del");
    private static final String MONTH_NAMES =
            "jan january januar janvier enero gennaio janeiro januari januar tammikuuta feb february februar "
                    + "fevrier février febrero febbraio fevereiro februari mar march märz mars marzo março maart apr "
                    + "april avril abril aprile may mai mayo maggio maio mei maj jun june juni juin junio giugno junho "
                    + "jul july juli juillet julio luglio julho aug august août agosto augustus sep sept september "
                    + "septembre septiembre settembre setembro oct october oktober octobre octubre ottobre outubro okt "
                    + "nov november novembre noviembre novembro dec december dezember décembre diciembre dicembre "
                    + "dezembro dez января февраля марта апреля мая июня июля августа сентября октября ноября декабря "
                    + "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada "
                    + "grudnia ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık";
    private static final Trie MONTHS = new Trie();

    static {
        for (String name : MONTH_NAMES.split(" ", -1)) {
            MONTHS.add(name, 1);
        }
    }

    static WordShape of(char[] text, int from, int to) {
        if (to - from > LONGEST) {
            return OTHER;
        }
        int end = to;
        while (end > from && ".:!?".indexOf(text[end - 1]) >= 0) {
            end--;
        }
        WordShape shape = inside(text, from, end);
        return end == to ? shape : shape.ended(to - end == 1 && text[end] == '.', end - from);
    }

    /** What punctuation makes of a word: the end of a value, unless it marks a day or a shortened month. */
    private WordShape ended(boolean fullStop, int length) {
        return switch (this) {
            case NUMBER -> fullStop && length <= 2 ? NUMBER : LAST_NUMBER;
            case CAPITALS, INITIALS -> LAST_CAPITALS;
            case MONTH -> fullStop ? MONTH : OTHER;
            case LINK, DASH, LAST_NUMBER, LAST_CAPITALS, OTHER -> OTHER;
        };
    }

    /** Where the value starts in a word that may name it before a colon, as in {@code Tel:0049}. */
    static int value(char[] text, int from, int to) {
        int start = to;
        while (start > from && text[start - 1] != ':') {
            start--;
        }
        return start;
    }

    private static WordShape inside(char[] text, int from, int to) {
        int digits = 0;
        int letters = 0;
        int capitals = 0;
        int start = value(text, from, to);
        for (int i = start; i < to; i++) {
            char c = text[i];
            if (c == '@' || c == '_') {
                return OTHER;
            }
            digits += Chars.digit(c) ? 1 : 0;
            letters += Chars.letter(c) ? 1 : 0;
            capitals += Chars.upper(c) ? 1 : 0;
        }
        if (digits > 0) {
            return NUMBER;
        }
        if (start > from) {
            return OTHER;
        }
        return letters == 0 ? dash(text, from, to) : word(text, from, to, letters, capitals);
    }

    /** The shape of a word of letters and punctuation, where only this matters: whether it begins a value. */
    static WordShape opening(char[] text, int from, int to) {
        if (to - from <= 3) {
            return of(text, from, to);
        }
        return month(text, from, text[to - 1] == '.' ? to - 1 : to) ? MONTH : OTHER;
    }

    private static WordShape dash(char[] text, int from, int to) {
        return to - from == 1 && (Chars.hyphen(text[from]) || text[from] == '/') ? DASH : OTHER;
    }

    private static WordShape word(char[] text, int from, int to, int letters, int capitals) {
        int length = to - from;
        if (length > 2 && month(text, from, to)) {
            return MONTH;
        }
        if (letters == length && length <= 3 && LINKS.contains(new String(text, from, length))) {
            return LINK;
        }
        if (capitals == length && length <= 2) {
            return INITIALS;
        }
        return capitals == length && length <= 6 ? CAPITALS : OTHER;
    }

    private static boolean month(char[] text, int from, int to) {
        int node = Trie.ROOT;
        for (int i = from; i < to && node != Trie.NOWHERE; i++) {
            node = MONTHS.step(node, Chars.fold(text[i]));
        }
        return node != Trie.NOWHERE && MONTHS.meaning(node) != 0;
    }

    /** Whether a word of this shape can begin a value of several words. */
    boolean opens() {
        return this == NUMBER || this == INITIALS || this == MONTH;
    }

    /** Whether {@code next} can follow this in one value; accounts have groups of letters that follow each other. */
    boolean joins(WordShape next, boolean accountLike) {
        boolean number = next == NUMBER || next == LAST_NUMBER;
        boolean letters = next == CAPITALS || next == INITIALS || next == LAST_CAPITALS;
        return switch (this) {
            case NUMBER -> next != OTHER;
            case INITIALS, CAPITALS -> number || (accountLike && letters);
            case MONTH -> number || next == LINK;
            case LINK -> number || next == MONTH;
            case DASH -> number;
            case LAST_NUMBER, LAST_CAPITALS, OTHER -> false;
        };
    }
}

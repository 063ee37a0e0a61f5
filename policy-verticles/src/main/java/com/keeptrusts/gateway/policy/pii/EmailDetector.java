package com.keeptrusts.gateway.policy.pii;

import java.util.Set;

/** Finds e-mail addresses around each at sign, also with international names and domains. */
final class EmailDetector implements Detector {

    private static final int LONGEST_LOCAL = 64;
    private static final int LONGEST_DOMAIN = 190;
    private static final int LONGEST_LABEL = 63;
    private static final Set<String> FILE_ENDINGS = Set.of("png", "jpg", "jpeg", "gif", "svg", "webp", "css", "js");

    @Override
    public void look(Block block, Candidates found) {
        for (int i = block.start() + 1; i < block.end() - 3; i++) {
            if (block.at(i) == '@') {
                around(block, i, found);
            }
        }
    }

    private void around(Block block, int sign, Candidates found) {
        int start = sign;
        while (start > block.start() && sign - start < LONGEST_LOCAL && local(block.at(start - 1))) {
            start--;
        }
        while (start < sign && !Chars.alnum(block.at(start)) && block.at(start) != '_') {
            start++;
        }
        int end = domainEnd(block, sign + 1);
        if (start == sign
                || block.at(sign - 1) == '.'
                || end < 0
                || versioned(block, sign)
                || remote(block, start, sign, end)) {
            return;
        }
        found.add(PiiType.EMAIL, start, end, 0.95);
    }

    private static boolean local(char c) {
        return Chars.alnum(c) || "._%+-'&~#!$?^".indexOf(c) >= 0;
    }

    /** The end of a host name with a letter-only last label, or -1. */
    private int domainEnd(Block block, int from) {
        int end = -1;
        int label = from;
        int dots = 0;
        int i = from;
        for (; i <= block.end() && i - from <= LONGEST_DOMAIN; i++) {
            char c = i < block.end() ? block.at(i) : 0;
            if (Chars.alnum(c) || (c == '-' && i > label)) {
                continue;
            }
            if (i == label || i - label > LONGEST_LABEL) {
                break;
            }
            int last = i;
            while (last > label && block.at(last - 1) == '-') { // no name ends so: it is the sentence's
                last--;
            }
            if (dots > 0 && topLevel(block, label, last)) {
                end = last;
            }
            if (c != '.') {
                break;
            }
            dots++;
            label = i + 1;
        }
        return end;
    }

    private static boolean topLevel(Block block, int from, int to) {
        int length = to - from;
        if (length < 2 || length > LONGEST_LABEL || block.at(to - 1) == '-') {
            return false;
        }
        if (length > 4
                && Chars.fold(block.at(from)) == 'x'
                && Chars.fold(block.at(from + 1)) == 'n'
                && block.at(from + 2) == '-') {
            return true;
        }
        for (int i = from; i < to; i++) {
            if (!Chars.letter(block.at(i))) {
                return false;
            }
        }
        return !FILE_ENDINGS.contains(block.slice(from, to)) || !scaled(block, from);
    }

    /** An image for a denser screen, as in {@code logo@2x.png}. */
    private static boolean scaled(Block block, int ending) {
        return block.at(ending - 2) == 'x' && Chars.digit(block.at(ending - 3));
    }

    /** A package and its version, as in {@code tool@2.0.0-beta.rc}. */
    private static boolean versioned(Block block, int sign) {
        int i = sign + 1;
        while (Chars.digit(block.at(i))) {
            i++;
        }
        return i > sign + 1 && block.at(i) == '.' && Chars.digit(block.at(i + 1));
    }

    /** The user of an address of the web, or of a git server. */
    private static boolean remote(Block block, int start, int sign, int end) {
        if (sign - start == 3
                && "git".equals(block.slice(start, sign))
                && (block.at(end) == ':' || block.at(end) == '/')) {
            return true;
        }
        int slash = start - 1;
        while (slash > block.start() && block.at(slash) != '/') {
            slash--;
        }
        return block.at(slash) == '/' && block.at(slash - 1) == '/' && block.at(slash - 2) == ':';
    }
}

package com.keeptrusts.gateway.policy.pii;

/** Finds addresses that carry a password, as in {@code amqp://user:secret@host/}; the whole address is reported. */
final class UrlCredentialsDetector implements Detector {

    private static final int LONGEST_SCHEME = 24;

    @Override
    public void look(Block block, Candidates found) {
        for (int i = block.start() + 1; i < block.end() - 3; i++) {
            if (block.at(i) == ':' && block.at(i + 1) == '/' && block.at(i + 2) == '/') {
                i = at(block, i, found);
            }
        }
    }

    /** Looks at the address whose scheme ends at {@code colon}; answers where to go on. */
    private int at(Block block, int colon, Candidates found) {
        int start = colon;
        while (start > block.start() && colon - start < LONGEST_SCHEME && scheme(block.at(start - 1))) {
            start--;
        }
        int split = -1;
        int sign = -1;
        int i = colon + 3;
        for (; i < block.end() && block.at(i) != '/' && block.at(i) != '?' && block.at(i) != '#'; i++) {
            char c = block.at(i);
            if (c == ':' && split < 0) {
                split = i;
            } else if (c == '@') {
                sign = i;
            }
        }
        if (split < 0 || sign < split + 2 || sign + 1 >= block.end() || start == colon) {
            return colon + 2;
        }
        if (real(block.slice(split + 1, sign))) {
            found.add(PiiType.URL_CREDENTIALS, start, end(block), 0.99);
        }
        return i;
    }

    private static boolean real(String password) {
        String plain = password.strip();
        return !SecretValue.placeholder(plain)
                && !"password".equalsIgnoreCase(plain)
                && !plain.startsWith("$")
                && !"pass".equalsIgnoreCase(plain);
    }

    private static boolean scheme(char c) {
        return Chars.latin(c) || Chars.digit(c) || c == '+' || c == '.' || c == '-';
    }

    private static int end(Block block) {
        int end = block.end();
        while (!block.capped() && ".,:!?)".indexOf(block.at(end - 1)) >= 0) {
            end--;
        }
        return end;
    }
}

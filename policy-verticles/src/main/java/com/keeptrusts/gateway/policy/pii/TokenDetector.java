package com.keeptrusts.gateway.policy.pii;

import com.keeptrusts.gateway.policy.pii.SecretPrefixes.Form;

/** Finds secrets that show by themselves what they are: keys with a vendor's prefix, signed tokens, tokens of bots. */
final class TokenDetector implements Detector {

    private static final int SHORTEST_PART = 10;
    private static final int BOT_SECRET = 35;
    private static final int SLACK_NUMBER = 9;

    @Override
    public void look(Block block, Candidates found) {
        if (block.end() - block.start() < 16) {
            return;
        }
        for (int i = block.start(); i < block.end(); i++) {
            if (block.at(i) == ':' && !Chars.latin(block.at(i - 1))) {
                bot(block, i, found);
            }
            if (Chars.alnum(block.at(i)) && opens(block, i)) {
                prefixed(block, i, found);
                if (block.at(i) == 'e' && block.at(i + 1) == 'y' && block.at(i + 2) == 'J') {
                    signed(block, i, found);
                }
            }
        }
    }

    private static boolean opens(Block block, int i) {
        char before = block.at(i - 1);
        boolean named = before == '.' && Chars.alnum(block.at(i - 2));
        return !named && !Chars.alnum(before) && before != '_' && before != '-';
    }

    private static void prefixed(Block block, int start, Candidates found) {
        int node = Trie.ROOT;
        for (int i = start; i < block.end(); i++) {
            node = SecretPrefixes.KNOWN.step(node, block.at(i));
            if (node == Trie.NOWHERE) {
                return;
            }
            Form form = SecretPrefixes.KNOWN.form(node);
            if (form != null) {
                body(block, start, form, found);
            }
        }
    }

    private static void body(Block block, int start, Form form, Candidates found) {
        int from = start + form.prefix();
        int end = from;
        while (end < block.end() && form.takes(block.at(end))) {
            end++;
        }
        while (end > from && (block.at(end - 1) == '.' || block.at(end - 1) == '-')) {
            end--;
        }
        boolean apart = !Chars.alnum(block.at(end)) && block.at(end) != '_';
        if (apart && Chars.within(end - from, form.fewest(), form.most()) && random(block, from, end, form)) {
            found.add(PiiType.SECRET, start, end, 0.96);
        }
    }

    private static boolean random(Block block, int from, int end, Form form) {
        String body = block.slice(from, end);
        if (form.characters() == 'k' && number(body) < SLACK_NUMBER) {
            return false;
        }
        int digits = 0;
        int humps = 0;
        for (int i = 0; i < body.length(); i++) {
            digits += Chars.digit(body.charAt(i)) ? 1 : 0;
            humps += i > 0 && Chars.upper(body.charAt(i)) && Chars.lower(body.charAt(i - 1)) ? 1 : 0;
        }
        boolean mixed = digits + humps >= (form.characters() == 'u' ? 1 : 3);
        return mixed
                && SecretValue.entropy(body) >= (form.characters() == 'h' ? 2.5 : 3)
                && !SecretValue.placeholder(body);
    }

    private static int number(String body) {
        int i = 0;
        while (i < body.length() && Chars.digit(body.charAt(i))) {
            i++;
        }
        return i;
    }

    /** Header, claims and signature of a JSON web token. */
    private static void signed(Block block, int start, Candidates found) {
        int header = part(block, start);
        if (header - start < SHORTEST_PART || block.at(header) != '.') {
            return;
        }
        int claims = part(block, header + 1);
        if (claims - header <= SHORTEST_PART) {
            return;
        }
        int end = block.at(claims) == '.' ? part(block, claims + 1) : claims;
        boolean certain = (block.at(header + 1) == 'e' && block.at(header + 2) == 'y') || end - claims > SHORTEST_PART;
        if (certain && !SecretValue.placeholder(block.slice(start, claims))) {
            found.add(PiiType.SECRET, start, end, 0.97);
        }
    }

    private static int part(Block block, int from) {
        int i = from;
        while (i < block.end()
                && (Chars.latin(block.at(i)) || Chars.digit(block.at(i)) || block.at(i) == '_' || block.at(i) == '-')) {
            i++;
        }
        return i;
    }

    /** A bot's number, a colon, and its secret. */
    private static void bot(Block block, int colon, Candidates found) {
        int start = colon;
        while (start > block.start() && colon - start < 11 && Chars.digit(block.at(start - 1))) {
            start--;
        }
        int end = part(block, colon + 1);
        boolean apart = !Chars.alnum(block.at(start - 1)) && Chars.within(end - colon - 1, BOT_SECRET - 1, BOT_SECRET);
        if (apart && Chars.within(colon - start, 8, 10) && !SecretValue.placeholder(block.slice(colon, end))) {
            found.add(PiiType.SECRET, start, end, 0.9);
        }
    }
}

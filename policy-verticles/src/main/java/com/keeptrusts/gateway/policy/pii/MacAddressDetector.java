package com.keeptrusts.gateway.policy.pii;

/** Finds hardware addresses: six pairs with one separator, or three groups of four with dots. */
final class MacAddressDetector implements Detector {

    private static final int PAIRS = 17;
    private static final int FOURS = 14;

    @Override
    public void look(Block block, Candidates found) {
        for (int group = 0; group + 2 < block.groups(); group++) {
            int length = block.groupLength(group);
            char separator = block.at(block.groupEnd(group));
            int start = block.groupStart(group);
            if (length == 2 && (separator == ':' || separator == '-') && shaped(block, start, PAIRS, length)) {
                found.add(PiiType.MAC_ADDRESS, start, start + PAIRS, 0.9);
            } else if (length == 4 && separator == '.' && shaped(block, start, FOURS, length)) {
                found.add(PiiType.MAC_ADDRESS, start, start + FOURS, block.digits() == 12 ? 0 : 0.9);
            }
        }
    }

    /** Hexadecimal digits, separated after each {@code length} of them, neither all the same nor going on. */
    private static boolean shaped(Block block, int start, int span, int length) {
        int end = start + span;
        char separator = block.at(start + length);
        int digits = 0;
        int different = 0;
        for (int i = 0; i < span; i++) {
            char c = block.at(start + i);
            boolean separates = i % (length + 1) == length;
            if (start + i >= block.end() || (separates ? c != separator : !Chars.hex(c))) {
                return false;
            }
            digits += Chars.digit(c) ? 1 : 0;
            different += separates || Chars.fold(c) == Chars.fold(block.at(start)) ? 0 : 1;
        }
        boolean before = block.at(start - 1) == separator && Chars.hex(block.at(start - 2));
        boolean after = end < block.end() && block.at(end) == separator && Chars.hex(block.at(end + 1));
        return digits > 0 && different > 0 && !before && !after && !(end < block.end() && Chars.alnum(block.at(end)));
    }
}

package com.keeptrusts.gateway.policy.pii;

/** The grammar of IPv6 addresses. */
final class SixthVersion {

    private SixthVersion() {}

    /** Whether {@code [start, end)} is an address and no scope operator, time or ratio. */
    static boolean address(Block block, int start, int end) {
        int groups = 0;
        int shortenings = 0;
        int digits = 0;
        int i = start;
        while (i < end) {
            if (block.at(i) == ':') {
                int behind = colonsEnd(block, i, end);
                boolean edge = i == start || behind == end;
                if (behind - i > 2 || (behind - i == 1 && edge)) {
                    return false;
                }
                shortenings += behind - i - 1;
                i = behind;
                continue;
            }
            int from = i;
            for (; i < end && Chars.hex(block.at(i)); i++) {
                digits += Chars.digit(block.at(i)) ? 1 : 0;
            }
            if (i < end && block.at(i) == '.') {
                return four(block, from, end) && whole(groups + 2, shortenings);
            }
            if (i - from > 4) {
                return false;
            }
            groups++;
        }
        return whole(groups, shortenings) && (shortenings == 0 || digits > 0 || groups == 0);
    }

    private static int colonsEnd(Block block, int from, int end) {
        int i = from;
        while (i < end && block.at(i) == ':') {
            i++;
        }
        return i;
    }

    private static boolean whole(int groups, int shortenings) {
        return shortenings == 0 ? groups == 8 : shortenings == 1 && groups <= 7;
    }

    /** The dotted end of an address that embeds one of version 4. */
    private static boolean four(Block block, int from, int end) {
        int parts = 1;
        int value = 0;
        int length = 0;
        for (int i = from; i < end; i++) {
            char c = block.at(i);
            if (c == '.') {
                parts++;
                value = 0;
                length = 0;
            } else if (Chars.digit(c)) {
                value = value * 10 + c - '0';
                length++;
            } else {
                return false;
            }
            if (value > 255 || length > 3) {
                return false;
            }
        }
        return parts == 4 && length > 0;
    }
}

package com.keeptrusts.gateway.policy.pii;

import java.util.Locale;

/** Finds IP addresses of both versions, also with a prefix length; no software versions and no clock times. */
final class HostAddressDetector implements Detector {

    private static final int LONGEST = 45;

    private final boolean reserved;

    /** @param reserved whether loopback, unspecified and documentation addresses count, which belong to nobody */
    HostAddressDetector(boolean reserved) {
        this.reserved = reserved;
    }

    @Override
    public void look(Block block, Candidates found) {
        for (int group = 0; group < block.groups(); group++) {
            if (group + 3 < block.groups() && block.at(block.groupEnd(group)) == '.') {
                four(block, group, found);
            }
        }
        for (int i = block.start(); i < block.end() - 1; i++) {
            if (block.at(i) == ':') {
                i = six(block, i, found);
            }
        }
    }

    private void four(Block block, int group, Candidates found) {
        int start = block.groupStart(group);
        int[] parts = new int[4];
        for (int i = 0; i < 4; i++) {
            parts[i] = part(block, group + i);
            if (parts[i] < 0 || (i < 3 && dotted(block, group + i) < 0)) {
                return;
            }
        }
        int end = block.groupEnd(group + 3);
        if (!startsCleanly(block, start) || !endsCleanly(block, end)) {
            return;
        }
        boolean version = block.near(Cue.VERSION, start) && !block.near(Cue.ADDRESS_OF_HOST, start);
        if (!version && (reserved || !reservedFour(parts))) {
            found.add(PiiType.IP_ADDRESS, start, prefixEnd(block, end, 32), 0.85);
        }
    }

    private static int dotted(Block block, int group) {
        int end = block.groupEnd(group);
        return block.at(end) == '.' && block.groupStart(group + 1) == end + 1 ? end : -1;
    }

    private static int part(Block block, int group) {
        int length = block.groupLength(group);
        if (block.groupKind(group) != Block.DIGITS || length > 3) {
            return -1;
        }
        int value = 0;
        for (int i = block.groupStart(group); i < block.groupEnd(group); i++) {
            value = value * 10 + block.at(i) - '0';
        }
        return value > 255 || (length > 1 && block.at(block.groupStart(group)) == '0') ? -1 : value;
    }

    private static boolean startsCleanly(Block block, int start) {
        char before = block.at(start - 1);
        boolean range = Chars.hyphen(before) && Chars.digit(block.at(start - 2)) && dots(block, start - 2, -1) == 3;
        return range || before == ':' || before == '/' || block.clearLeft(start);
    }

    private static boolean endsCleanly(Block block, int end) {
        char after = block.at(end);
        boolean goesOn = end + 1 < block.end() && Chars.alnum(block.at(end + 1));
        boolean range = Chars.hyphen(after) && dots(block, end + 1, 1) == 3;
        return range || !(after == '_' || ((after == '.' || Chars.hyphen(after)) && goesOn));
    }

    /** How many dots stand among the digits that go on from an index in one direction, as in the other end of a range. */
    private static int dots(Block block, int from, int step) {
        int dots = 0;
        int longest = 15;
        for (int i = from; i >= block.start() && i < block.end() && longest-- > 0; i += step) {
            char c = block.at(i);
            if (!Chars.digit(c) && c != '.') {
                break;
            }
            dots += c == '.' ? 1 : 0;
        }
        return dots;
    }

    /** Loopback, unspecified, and the three documentation networks. */
    private static boolean reservedFour(int[] parts) {
        int network = parts[0] << 16 | parts[1] << 8 | parts[2];
        return parts[0] == 127
                || parts[0] == 0
                || network == (192 << 16 | 2)
                || network == (198 << 16 | 51 << 8 | 100)
                || network == (203 << 16 | 113)
                || parts[0] == 255;
    }

    /** Takes {@code /24} into the address when it is a possible prefix length. */
    private static int prefixEnd(Block block, int end, int longest) {
        if (block.at(end) != '/') {
            return end;
        }
        int length = 0;
        int i = end + 1;
        while (i < block.end() && Chars.digit(block.at(i)) && i - end < 5) {
            length = length * 10 + block.at(i++) - '0';
        }
        boolean taken = i > end + 1 && length <= longest && !(i < block.end() && Chars.alnum(block.at(i)));
        return taken ? i : end;
    }

    /** Looks at the colons around {@code colon}; answers where to go on. */
    private int six(Block block, int colon, Candidates found) {
        int start = colon;
        while (start > block.start() && colon - start < 4 && Chars.hex(block.at(start - 1))) {
            start--;
        }
        int end = colon;
        while (end < block.end()
                && end - start <= LONGEST
                && (Chars.hex(block.at(end)) || block.at(end) == ':' || block.at(end) == '.')) {
            end++;
        }
        int next = Math.max(colon, end - 1);
        while (end > start && (block.at(end - 1) == '.' || (block.at(end - 1) == ':' && block.at(end - 2) != ':'))) {
            end--;
        }
        boolean touched = Chars.alnum(block.at(start - 1)) || Chars.alnum(block.at(end)) || block.at(start - 1) == '_';
        if (touched || end - start < 2 || end - start > LONGEST || !SixthVersion.address(block, start, end)) {
            return next;
        }
        if (reserved || !reservedSix(block, start, end)) {
            found.add(PiiType.IP_ADDRESS, start, zoneEnd(block, prefixEnd(block, end, 128)), 0.9);
        }
        return next;
    }

    private static int zoneEnd(Block block, int end) {
        if (block.at(end) != '%') {
            return end;
        }
        int i = end + 1;
        while (i < block.end() && Chars.alnum(block.at(i))) {
            i++;
        }
        return i;
    }

    private static boolean reservedSix(Block block, int start, int end) {
        String address = block.slice(start, end).toLowerCase(Locale.ROOT);
        return address.equals("::")
                || address.equals("::1")
                || address.startsWith("2001:db8:")
                || address.startsWith("2001:0db8:");
    }
}

package com.keeptrusts.gateway.policy.pii;

/** Finds hardware addresses: six pairs with one separator, or three groups of four with dots. */
final class MacAddressDetector implements Detector {

    @Override
    public void look(Block block, Candidates found) {
        for (int group = 0; group + 2 < block.groups(); group++) {
            int length = block.groupLength(group);
            char separator = block.at(block.groupEnd(group));
            if (length == 2 && (separator == ':' || separator == '-')) {
                look(block, group, 6, 2, separator, found);
            } else if (length == 4 && separator == '.') {
                look(block, group, 3, 4, separator, found);
            }
        }
    }

    private void look(Block block, int first, int count, int length, char separator, Candidates found) {
        if (first + count > block.groups()) {
            return;
        }
        int start = block.groupStart(first);
        int digits = 0;
        boolean uniform = true;
        for (int group = first; group < first + count; group++) {
            if (block.groupLength(group) != length
                    || block.groupStart(group) != start + (group - first) * (length + 1)) {
                return;
            }
            for (int i = block.groupStart(group); i < block.groupEnd(group); i++) {
                if (!Chars.hex(block.at(i))) {
                    return;
                }
                digits += Chars.digit(block.at(i)) ? 1 : 0;
                uniform &= Chars.fold(block.at(i)) == Chars.fold(block.at(start));
            }
            if (group > first && block.at(block.groupStart(group) - 1) != separator) {
                return;
            }
        }
        int end = block.groupEnd(first + count - 1);
        boolean longer = (block.at(start - 1) == separator && Chars.hex(block.at(start - 2)))
                || (block.at(end) == separator && end + 1 < block.end() && Chars.hex(block.at(end + 1)));
        if (!uniform && !longer && digits > 0) {
            found.add(PiiType.MAC_ADDRESS, start, end, count == 3 && digits == 12 ? 0.45 : 0.9);
        }
    }
}

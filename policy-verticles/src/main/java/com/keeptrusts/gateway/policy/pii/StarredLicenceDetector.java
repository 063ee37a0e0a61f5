package com.keeptrusts.gateway.policy.pii;

/** Finds driver licences that fill a short name with asterisks, as those of Washington did. */
final class StarredLicenceDetector implements Detector {

    private static final int LENGTH = 12;

    @Override
    public void look(Block block, Candidates found) {
        int at = block.start();
        while (at < block.end()) {
            int end = at;
            int stars = 0;
            for (; end < block.end() && filled(block.at(end)); end++) {
                stars += block.at(end) == '*' ? 1 : 0;
            }
            boolean shaped = end - at == LENGTH && Chars.within(stars, 1, 6) && Chars.upper(block.at(at));
            if (shaped && block.near(Cue.LICENCE, at)) {
                found.add(PiiType.DRIVER_LICENSE, at, end, 0.8);
            }
            at = end + 1;
        }
    }

    private static boolean filled(char c) {
        return Chars.upper(c) || Chars.digit(c) || c == '*';
    }
}

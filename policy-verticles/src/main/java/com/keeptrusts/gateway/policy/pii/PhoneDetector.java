package com.keeptrusts.gateway.policy.pii;

import java.util.List;

/**
 * Finds phone numbers: international ones anywhere, national ones of the configured regions where a cue or the way they
 * are written speaks for it. Whether a number exists is for libphonenumber's plans to say.
 */
final class PhoneDetector implements Detector {

    private static final int FEWEST = 7;
    /** Of digits in one group behind a mere verb, which may call functions too. */
    private static final int FEWEST_CALLED = 10;

    private static final int MOST = 15;
    private static final int MOST_GROUPS = 8;

    private final List<PhonePlan> plans;

    PhoneDetector(List<String> regions) {
        plans = regions.stream().map(PhonePlans::ofRegion).toList();
    }

    @Override
    public void look(Block block, Candidates found) {
        if (block.digits() < FEWEST) {
            return;
        }
        int group = 0;
        while (group < block.groups()) {
            int taken = block.groupKind(group) == Block.DIGITS ? take(block, group, found) : 0;
            group += Math.max(1, taken);
        }
    }

    /** Looks for a number that begins with this group; answers how many groups it has. */
    private int take(Block block, int first, Candidates found) {
        int last = reach(block, first);
        var longest = new PhoneCandidate(block, first, last);
        if (longest.length() < FEWEST) {
            return 0;
        }
        boolean called = block.near(Cue.CALL, longest.start()) && (last > first || longest.length() >= FEWEST_CALLED);
        boolean cued = called || block.near(Cue.PHONE, longest.start());
        if (!cued && !longest.international()) {
            double score = longest.complete() ? unannounced(longest) : 0;
            found.add(PiiType.PHONE, longest.start(), longest.end(), score);
            return score > 0 ? last - first + 1 : 0;
        }
        for (int end = last; end >= first; end--) {
            var number = new PhoneCandidate(block, first, end);
            if (number.length() >= FEWEST && number.complete()) {
                double score = announced(number);
                if (score > 0) {
                    found.add(PiiType.PHONE, number.start(), number.end(), score);
                    return end - first + 1;
                }
            }
        }
        return 0;
    }

    /** The last group that may still belong to a number that begins with {@code first}. */
    private static int reach(Block block, int first) {
        int digits = block.groupLength(first);
        int last = first;
        while (last + 1 < block.groups() && last - first < MOST_GROUPS && PhoneCandidate.joined(block, last)) {
            digits += block.groupLength(last + 1);
            if (digits > MOST + 3) {
                break;
            }
            last++;
        }
        return last;
    }

    /** With a plus sign, or with a cue before it. */
    private double announced(PhoneCandidate number) {
        if (number.international()) {
            return PhonePlans.international(number.withoutTrunk()) ? 0.9 : 0;
        }
        String digits = number.digits();
        if (digits.length() > MOST || !number.block().clearLeft(number.start())) {
            return 0;
        }
        boolean abroad = digits.length() > 9 && PhonePlans.international(number.withoutExit());
        return abroad && digits.startsWith("00") ? 0.85 : national(digits) ? 0.8 : abroad ? 0.7 : 0;
    }

    private double unannounced(PhoneCandidate number) {
        Block block = number.block();
        if (!number.likely() || !block.clearLeft(number.start()) || thing(block, number.start())) {
            return 0;
        }
        String digits = number.digits();
        if (number.american()) {
            return PhonePlans.ofRegion("US").accepts(digits) ? 0.75 : 0;
        }
        if (digits.startsWith("00")) {
            return PhonePlans.international(number.withoutExit()) ? number.grouped() ? 0.85 : 0.5 : 0;
        }
        return number.grouped() && national(digits) ? 0.6 : mobile(digits) ? 0.55 : 0;
    }

    private static boolean thing(Block block, int start) {
        return block.near(Cue.THING, start) || block.close(Cue.THING, start);
    }

    private boolean national(String digits) {
        for (PhonePlan plan : plans) {
            if (plan.accepts(plan.significant(digits))) {
                return true;
            }
        }
        return false;
    }

    private boolean mobile(String digits) {
        for (PhonePlan plan : plans) {
            String significant = plan.significant(digits);
            if (significant.length() < digits.length() && plan.acceptsMobile(significant)) {
                return true;
            }
        }
        return false;
    }
}

package com.keeptrusts.gateway.policy.pii;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads every run of groups as a number and asks the rules for its length. */
final class NumberDetector implements Detector {

    private final NumberRule[][] byLength = new NumberRule[Run.LONGEST + 1][];

    NumberDetector(Set<PiiType> types) {
        List<NumberRule> rules = new ArrayList<>(PaymentRules.ALL);
        rules.addAll(AmericanRules.ALL);
        rules.addAll(NationalNumbers.ALL);
        rules.addAll(NationalCodes.ALL);
        rules.addAll(DocumentRules.ALL);
        for (int length = 0; length <= Run.LONGEST; length++) {
            int wanted = length;
            byLength[length] = rules.stream()
                    .filter(rule ->
                            types.contains(rule.type()) && rule.shortest() <= wanted && wanted <= rule.longest())
                    .toArray(NumberRule[]::new);
        }
    }

    @Override
    public void look(Block block, Candidates found) {
        if (block.digits() == 0) {
            return;
        }
        Run run = block.run();
        for (int group = 0; group < block.groups(); group++) {
            boolean more = run.start(group);
            while (more) {
                ask(run, found);
                more = run.grow();
            }
        }
    }

    private void ask(Run run, Candidates found) {
        for (NumberRule rule : byLength[run.length()]) {
            if (!rule.digitsOnly() || run.allDigits()) {
                double score = rule.score().applyAsDouble(run);
                if (score > 0) {
                    found.add(rule.type(), run.start(), run.end(), score);
                }
            }
        }
    }
}

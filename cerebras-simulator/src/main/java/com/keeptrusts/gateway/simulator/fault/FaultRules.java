package com.keeptrusts.gateway.simulator.fault;

import com.keeptrusts.gateway.simulator.answer.Dice;
import com.keeptrusts.gateway.simulator.request.Options;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Failures that befall requests by themselves: each rule by its own dice, the first that strikes wins. Thread-safe. */
public final class FaultRules {

    private final List<Armed> rules = new ArrayList<>();

    /** The options to force upon requests for {@code model} (all, if null), with a probability, so many times. */
    public record Rule(@Nullable String model, double probability, long seed, int times, Options options) {

        public static Rule always(Options options) {
            return new Rule(null, 1, 0, Integer.MAX_VALUE, options);
        }

        public static Rule times(int count, Options options) {
            return new Rule(null, 1, 0, count, options);
        }
    }

    private static final class Armed {
        private final Rule rule;
        private int left;
        private long rolls;

        Armed(Rule rule) {
            this.rule = rule;
            this.left = rule.times();
        }

        boolean strikes(String model) {
            boolean meant = left > 0 && (rule.model() == null || rule.model().equals(model));
            if (!meant || Dice.fraction(rule.seed(), rolls++) >= rule.probability()) {
                return false;
            }
            left--;
            return true;
        }
    }

    public synchronized void set(List<Rule> newRules) {
        rules.clear();
        newRules.forEach(rule -> rules.add(new Armed(rule)));
    }

    /** What befalls the next request for a model. */
    public synchronized Options roll(String model) {
        for (Armed armed : rules) {
            if (armed.strikes(model)) {
                return armed.rule.options();
            }
        }
        return Options.none();
    }
}

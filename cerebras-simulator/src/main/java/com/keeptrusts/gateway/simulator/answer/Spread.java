package com.keeptrusts.gateway.simulator.answer;

/** A quantity that varies evenly between two bounds; written as {@code "5"} or {@code "5-13"}. */
public record Spread(double least, double most) {

    public Spread {
        if (!(least >= 0 && most >= least)) {
            throw new IllegalArgumentException(
                    least + "-" + most + " (expected: two numbers from 0 on, the smaller first)");
        }
    }

    public static Spread of(double always) {
        return new Spread(always, always);
    }

    public static Spread parse(String text) {
        int dash = text.indexOf('-', 1);
        return dash < 0
                ? of(Double.parseDouble(text.strip()))
                : new Spread(
                        Double.parseDouble(text.substring(0, dash).strip()),
                        Double.parseDouble(text.substring(dash + 1).strip()));
    }

    public double pick(long seed, long position) {
        return least == most ? least : least + Dice.fraction(seed, position) * (most - least);
    }

    /** As {@link #pick}, but whole, with both bounds as likely as what lies between. */
    public int pickWhole(long seed, long position) {
        int from = (int) least;
        return from + Dice.below((int) most - from + 1, seed, position);
    }
}

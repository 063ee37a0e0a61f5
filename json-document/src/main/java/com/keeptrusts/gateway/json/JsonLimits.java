package com.keeptrusts.gateway.json;

/** How deep a document may nest, how many values it may hold, and how many characters a number may have. */
public record JsonLimits(int depth, int values, int numberLength) {

    /** Enough for every chat completion seen, and too little to hurt. */
    public static final JsonLimits DEFAULT = new JsonLimits(64, 1_000_000, 1_000);

    public JsonLimits {
        require("depth", depth, 10_000);
        require("values", values, Tape.MAX_ENTRIES / 2);
        require("numberLength", numberLength, 10_000);
    }

    private static void require(String name, int value, int most) {
        if (value < 1 || value > most) {
            throw new IllegalArgumentException("limits." + name + ": " + value + " (expected: 1 to " + most + ")");
        }
    }
}

package com.keeptrusts.gateway.audit.read;

import java.util.Random;

/** Something that one might do to the files of a ledger. */
record Tampering(String name, Act act) {

    /** Does it to a copy, at a place chosen by chance, and gives what verification has to say of it. */
    @FunctionalInterface
    interface Act {
        Place on(Copies copies, Random random) throws Exception;
    }

    /** Two logs of one ledger, the first of which is done something to. */
    record Copies(LedgerCopy log, LedgerCopy other) {}

    /**
     * Where verification has to see it.
     *
     * @param from the first bad entry is this one or a later one; -1 where no entry is bad
     * @param to and this one or an earlier one
     * @param words stand in the report
     */
    record Place(long from, long to, String words) {

        static Place at(long index) {
            return new Place(index, index, "");
        }

        static Place within(long from, long to) {
            return new Place(from, to, "");
        }

        static Place named(String words) {
            return new Place(-1, -1, words);
        }

        Place saying(String more) {
            return new Place(from, to, more);
        }
    }
}

package com.keeptrusts.gateway.contract;

/** What a witness says to a checkpoint. */
public sealed interface WitnessAnswer extends BusMessage {

    /**
     * The checkpoint continues all that the witness has seen of this log, and is durable where the witness keeps it.
     *
     * @param vkey the witness's verifier key (cosignature/v1)
     * @param signature one signature line, with its line feed
     */
    record Cosigned(String vkey, String signature) implements WitnessAnswer {}

    /**
     * Nothing was signed.
     *
     * @param status as tlog-witness numbers the reasons: 400, 403, 404, 409, 422
     * @param size of the tree that the witness cosigned last, or 0
     * @param checkpoint the signed note of that tree, which the log itself has signed; empty where there is none
     */
    record WitnessRefused(int status, long size, String checkpoint) implements WitnessAnswer {}
}

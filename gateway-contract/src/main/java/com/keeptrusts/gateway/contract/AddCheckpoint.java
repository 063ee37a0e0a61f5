package com.keeptrusts.gateway.contract;

import java.util.List;

/**
 * One writer's tree, for another to witness (C2SP tlog-witness, {@code add-checkpoint}).
 *
 * @param vkey verifier key of the log
 * @param oldSize size of the tree that the witness cosigned last, as the asker believes; 0 for none
 * @param proof consistency proof from that size to the checkpoint's (RFC 6962, 2.1.2), at most 63 hashes
 * @param checkpoint signed note, at most 64 KiB
 */
public record AddCheckpoint(Deadline deadline, String vkey, long oldSize, List<Bytes> proof, String checkpoint)
        implements Timed {

    public AddCheckpoint {
        proof = List.copyOf(proof);
    }
}

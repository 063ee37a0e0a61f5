package com.keeptrusts.gateway.policy.pii;

/**
 * Looks for one family of types in a block. It reads the block, what stands before it, and one character behind it,
 * and nothing else: a stream has no more to show. Its cost is linear in the block's length.
 */
interface Detector {

    void look(Block block, Candidates found);
}

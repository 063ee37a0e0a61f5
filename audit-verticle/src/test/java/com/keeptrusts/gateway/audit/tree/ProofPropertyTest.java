package com.keeptrusts.gateway.audit.tree;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sigstore.merkle.InclusionProofVerificationException;
import dev.sigstore.merkle.InclusionProofVerifier;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Trees of 0 to 3,000 leaves: every proof is accepted, here and by sigstore-java, and none with one bit changed. */
class ProofPropertyTest {

    private static final int LARGEST = 3_000;
    private static final int[] EDGES = {
        1, 2, 3, 4, 5, 127, 128, 129, 255, 256, 257, 1_023, 1_024, 1_025, 2_048, 2_999, LARGEST
    };

    private final StoredTree tree = new StoredTree(LARGEST);
    private final Random random = new Random(9162);

    @Test
    void inclusionProofsOfTreesOfAnySizeAreAcceptedByUsAndByTheOracle() throws Exception {
        for (int size : sizes(150)) {
            byte[] root = tree.range(0, size);
            for (int index : within(size - 1)) {
                InclusionProof proof = InclusionProof.of(tree, index, size);

                assertThat(proof.proves(tree.leaf(index), root))
                        .as("%d of %d", index, size)
                        .isTrue();
                InclusionProofVerifier.verify(tree.leaf(index), index, size, proof.hashes(), root);
            }
        }
    }

    @Test
    void consistencyProofsBetweenAnyTwoSizesAreAccepted() throws IOException {
        for (int newer : sizes(150)) {
            byte[] newRoot = tree.range(0, newer);
            for (int older : within(newer)) {
                ConsistencyProof proof = ConsistencyProof.of(tree, older, newer);

                assertThat(proof.proves(tree.range(0, older), newRoot))
                        .as("%d to %d", older, newer)
                        .isTrue();
            }
        }
    }

    @Test
    void noInclusionProofHoldsWithAnySingleBitChanged() throws IOException {
        for (int size : sizes(5)) {
            byte[] root = tree.range(0, size);
            int index = random.nextInt(size);
            InclusionProof proof = InclusionProof.of(tree, index, size);
            for (List<byte[]> altered : everyBitChanged(proof.hashes())) {
                assertThat(new InclusionProof(index, size, altered).proves(tree.leaf(index), root))
                        .isFalse();
            }
            for (List<byte[]> altered : everyBitChanged(List.of(tree.leaf(index), root))) {
                assertThat(proof.proves(altered.getFirst(), altered.getLast())).isFalse();
            }
        }
    }

    @Test
    void theOracleRefusesEveryBitToo() throws IOException {
        int size = 2_731;
        int index = 1_707;
        byte[] root = tree.range(0, size);
        List<byte[]> hashes = InclusionProof.of(tree, index, size).hashes();
        for (List<byte[]> altered : everyBitChanged(hashes)) {
            assertThat(oracleAccepts(index, size, altered, root)).isFalse();
        }
        assertThat(oracleAccepts(index, size, hashes, root)).isTrue();
    }

    @Test
    void noConsistencyProofHoldsWithAnySingleBitChanged() throws IOException {
        for (int newer : sizes(5)) {
            int older = 1 + random.nextInt(newer);
            byte[] oldRoot = tree.range(0, older);
            byte[] newRoot = tree.range(0, newer);
            ConsistencyProof proof = ConsistencyProof.of(tree, older, newer);
            for (List<byte[]> altered : everyBitChanged(proof.hashes())) {
                assertThat(new ConsistencyProof(older, newer, altered).proves(oldRoot, newRoot))
                        .isFalse();
            }
            for (List<byte[]> altered : everyBitChanged(List.of(oldRoot, newRoot))) {
                assertThat(proof.proves(altered.getFirst(), altered.getLast())).isFalse();
            }
        }
    }

    @Test
    void noProofHoldsThatIsLongerOrShorterOrForOtherSizes() throws IOException {
        for (int size : sizes(150)) {
            byte[] root = tree.range(0, size);
            int index = random.nextInt(size);
            List<byte[]> hashes = InclusionProof.of(tree, index, size).hashes();
            var longer = new ArrayList<>(hashes);
            longer.add(root);

            assertThat(new InclusionProof(index, size, longer).proves(tree.leaf(index), root))
                    .isFalse();
            if (!hashes.isEmpty()) {
                List<byte[]> shorter = hashes.subList(1, hashes.size());
                assertThat(new InclusionProof(index, size, shorter).proves(tree.leaf(index), root))
                        .isFalse();
            }
            if (index > 0) {
                assertThat(new InclusionProof(index - 1, size, hashes).proves(tree.leaf(index), root))
                        .isFalse();
            }
        }
    }

    /** Sizes of trees with at least one leaf: those where the shape changes, and some by chance. */
    private int[] sizes(int byChance) {
        return IntStream.concat(
                        IntStream.of(EDGES), IntStream.range(0, byChance).map(_ -> 1 + random.nextInt(LARGEST)))
                .toArray();
    }

    /** The first, the last, and some between. */
    private int[] within(int last) {
        return IntStream.concat(IntStream.of(0, last), IntStream.range(0, 12).map(_ -> random.nextInt(last + 1)))
                .toArray();
    }

    private static List<List<byte[]>> everyBitChanged(List<byte[]> hashes) {
        var all = new ArrayList<List<byte[]>>();
        for (int at = 0; at < hashes.size(); at++) {
            for (int bit = 0; bit < TreeHash.LENGTH * 8; bit++) {
                var altered = new ArrayList<>(hashes);
                byte[] changed = Arrays.copyOf(hashes.get(at), TreeHash.LENGTH);
                changed[bit / 8] ^= (byte) (1 << bit % 8);
                altered.set(at, changed);
                all.add(altered);
            }
        }
        return all;
    }

    private boolean oracleAccepts(int index, int size, List<byte[]> hashes, byte[] root) {
        try {
            InclusionProofVerifier.verify(tree.leaf(index), index, size, hashes, root);
            return true;
        } catch (InclusionProofVerificationException e) {
            return false;
        }
    }
}

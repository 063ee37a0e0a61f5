package com.keeptrusts.gateway.audit.tree;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sigstore.merkle.InclusionProofVerificationException;
import dev.sigstore.merkle.InclusionProofVerifier;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Proofs against another program's verifier (sigstore-java) and against themselves altered. */
class ProofTest {

    private static final int LARGEST = 300;

    private final List<byte[]> leaves = leaves();
    private final Subtrees tree = this::subtree;
    private final Random random = new Random(6962);

    @Test
    void theRootIsTheSameFromTheEdgeAndFromTheSubtrees() throws IOException {
        var edge = new Frontier();
        for (int size = 0; size <= LARGEST; size++) {
            assertThat(edge.root()).as("size %d", size).isEqualTo(tree.range(0, size));
            assertThat(tree.frontier(size).root()).isEqualTo(edge.root());
            edge.append(leaves.get(size));
        }
    }

    @Test
    void everyInclusionProofIsAcceptedByUsAndByTheOracle() throws Exception {
        for (int size = 1; size <= LARGEST; size++) {
            byte[] root = tree.range(0, size);
            for (int index = 0; index < size; index += 1 + random.nextInt(1 + size / 10)) {
                InclusionProof proof = InclusionProof.of(tree, index, size);

                assertThat(proof.proves(leaves.get(index), root)).isTrue();
                InclusionProofVerifier.verify(leaves.get(index), index, size, proof.hashes(), root);
            }
        }
    }

    @Test
    void anInclusionProofWithOneBitChangedIsRejectedByUsAndByTheOracle() throws IOException {
        int refused = 0;
        for (int round = 0; round < 2_000; round++) {
            int size = 2 + random.nextInt(LARGEST - 1);
            int index = random.nextInt(size);
            InclusionProof proof = InclusionProof.of(tree, index, size);
            var altered = new InclusionProof(index, size, withOneBitChanged(proof.hashes()));
            byte[] root = tree.range(0, size);

            assertThat(altered.proves(leaves.get(index), root)).isFalse();
            refused += oracleRefuses(leaves.get(index), altered, root) ? 1 : 0;
            assertThat(proof.proves(withOneBitChanged(leaves.get(index)), root)).isFalse();
            assertThat(proof.proves(leaves.get(index), withOneBitChanged(root))).isFalse();
        }
        assertThat(refused).isEqualTo(2_000);
    }

    @Test
    void anInclusionProofHoldsAtItsOwnIndexOnly() throws IOException {
        for (int size = 2; size <= 64; size++) {
            byte[] root = tree.range(0, size);
            for (int index = 0; index < size; index++) {
                List<byte[]> hashes = InclusionProof.of(tree, index, size).hashes();
                for (int other = 0; other < size; other++) {
                    boolean proves = new InclusionProof(other, size, hashes).proves(leaves.get(index), root);
                    assertThat(proves).as("%d as %d of %d", index, other, size).isEqualTo(other == index);
                }
            }
        }
    }

    @Test
    void everyConsistencyProofHoldsAndNoAlteredOneDoes() throws IOException {
        for (int newer = 0; newer <= 130; newer++) {
            byte[] newRoot = tree.range(0, newer);
            for (int older = 0; older <= newer; older++) {
                byte[] oldRoot = tree.range(0, older);
                ConsistencyProof proof = ConsistencyProof.of(tree, older, newer);

                assertThat(proof.proves(oldRoot, newRoot))
                        .as("%d to %d", older, newer)
                        .isTrue();
                assertThat(proof.proves(withOneBitChanged(oldRoot), newRoot)).isFalse();
                assertThat(proof.proves(oldRoot, withOneBitChanged(newRoot))).isEqualTo(older == 0 && newer > 0);
                if (!proof.hashes().isEmpty()) {
                    var altered = new ConsistencyProof(older, newer, withOneBitChanged(proof.hashes()));
                    assertThat(altered.proves(oldRoot, newRoot)).isFalse();
                }
            }
        }
    }

    @Test
    void consistencyProofsHoldAtRandomSizes() throws IOException {
        for (int round = 0; round < 1_000; round++) {
            int newer = 1 + random.nextInt(LARGEST);
            int older = random.nextInt(newer + 1);

            ConsistencyProof proof = ConsistencyProof.of(tree, older, newer);

            assertThat(proof.proves(tree.range(0, older), tree.range(0, newer))).isTrue();
        }
    }

    private static boolean oracleRefuses(byte[] leaf, InclusionProof proof, byte[] root) {
        try {
            InclusionProofVerifier.verify(leaf, proof.index(), proof.treeSize(), proof.hashes(), root);
            return false;
        } catch (InclusionProofVerificationException e) {
            return true;
        }
    }

    private List<byte[]> withOneBitChanged(List<byte[]> hashes) {
        var altered = new ArrayList<>(hashes);
        int at = random.nextInt(altered.size());
        altered.set(at, withOneBitChanged(altered.get(at)));
        return altered;
    }

    private byte[] withOneBitChanged(byte[] hash) {
        byte[] altered = hash.clone();
        altered[random.nextInt(altered.length)] ^= (byte) (1 << random.nextInt(Byte.SIZE));
        return altered;
    }

    private byte[] subtree(int level, long index) {
        if (level == 0) {
            return leaves.get((int) index);
        }
        return TreeHash.ofNode(subtree(level - 1, 2 * index), subtree(level - 1, 2 * index + 1));
    }

    private static List<byte[]> leaves() {
        var hashes = new ArrayList<byte[]>();
        for (int i = 0; i <= LARGEST; i++) {
            hashes.add(TreeHash.ofLeaf(ByteBuffer.allocate(4).putInt(i).array()));
        }
        return hashes;
    }
}

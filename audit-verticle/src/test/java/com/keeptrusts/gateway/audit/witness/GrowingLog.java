package com.keeptrusts.gateway.audit.witness;

import com.keeptrusts.gateway.audit.note.Checkpoint;
import com.keeptrusts.gateway.audit.note.SignedNote;
import com.keeptrusts.gateway.audit.note.SigningKey;
import com.keeptrusts.gateway.audit.tree.ConsistencyProof;
import com.keeptrusts.gateway.audit.tree.Frontier;
import com.keeptrusts.gateway.audit.tree.Subtrees;
import com.keeptrusts.gateway.audit.tree.TreeHash;
import com.keeptrusts.gateway.contract.AddCheckpoint;
import com.keeptrusts.gateway.contract.Bytes;
import com.keeptrusts.gateway.contract.Deadline;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A log in memory, of which any tree can be signed and proven. */
public final class GrowingLog {

    private final SigningKey key;
    private final List<byte[]> leaves = new ArrayList<>();

    /** Leaves are numbers behind a word, so that two logs of one word and key have the same history. */
    public GrowingLog(SigningKey key, String word, int size) {
        this.key = key;
        for (int i = 0; i < size; i++) {
            leaves.add(TreeHash.ofLeaf((word + i).getBytes(StandardCharsets.UTF_8)));
        }
    }

    public SigningKey key() {
        return key;
    }

    public SignedNote signed(int size) {
        return signedBy(key, size);
    }

    public SignedNote signedBy(SigningKey signer, int size) {
        return signer.sign(new Checkpoint(key.verifier().name(), size, root(size)).text());
    }

    public Bytes root(int size) {
        var tree = new Frontier();
        leaves.subList(0, size).forEach(tree::append);
        return Bytes.owning(tree.root());
    }

    public List<Bytes> proof(long oldSize, int size) throws IOException {
        Subtrees tree = (level, index) -> {
            var subtree = new Frontier();
            leaves.subList((int) (index << level), (int) ((index + 1) << level)).forEach(subtree::append);
            return subtree.root();
        };
        return ConsistencyProof.of(tree, oldSize, size).hashes().stream()
                .map(Bytes::owning)
                .toList();
    }

    public AddCheckpoint call(int oldSize, int size) throws IOException {
        return call(oldSize, size, signed(size));
    }

    public AddCheckpoint call(int oldSize, int size, SignedNote note) throws IOException {
        return new AddCheckpoint(
                Deadline.in("n1", 1_000),
                key.verifier().toString(),
                oldSize,
                oldSize > size ? List.of() : proof(oldSize, size),
                note.toString());
    }
}

package com.keeptrusts.gateway.audit.note;

import com.keeptrusts.gateway.audit.tree.InclusionProof;
import com.keeptrusts.gateway.audit.tree.TreeHash;
import java.util.ArrayList;
import java.util.List;

/** A receipt that stands for itself: index, inclusion proof and signed checkpoint in one text (C2SP tlog-proof). */
public record TlogProof(long index, List<byte[]> hashes, String checkpoint) {

    private static final String HEADER = "c2sp.org/tlog-proof@v1";

    public TlogProof {
        hashes = List.copyOf(hashes);
    }

    public static TlogProof parse(String text) throws NoteException {
        int end = text.indexOf("\n\n");
        String[] lines = end < 0 ? new String[0] : text.substring(0, end).split("\n", -1);
        int at = lines.length > 1 && lines[1].startsWith("extra ") ? 2 : 1;
        if (lines.length <= at || !lines[0].equals(HEADER) || !lines[at].matches("index (0|[1-9][0-9]{0,18})")) {
            throw new NoteException("proof: not a text of " + HEADER);
        }
        try {
            var hashes = new ArrayList<byte[]>();
            for (int i = at + 1; i < lines.length; i++) {
                hashes.add(StrictBase64.decode(lines[i]));
            }
            return new TlogProof(
                    Long.parseLong(lines[at].substring("index ".length())), hashes, text.substring(end + 2));
        } catch (IllegalArgumentException e) {
            throw new NoteException("proof: a hash or the index cannot be read");
        }
    }

    /** Returns the checkpoint that proves it, when {@code leaf} stands at the index of the log of {@code key}. */
    public Checkpoint verify(byte[] leaf, VerifierKey key) throws NoteException {
        Checkpoint signed = Checkpoint.verified(checkpoint, key);
        if (index >= signed.size()
                || !new InclusionProof(index, signed.size(), hashes)
                        .proves(TreeHash.ofLeaf(leaf), signed.root().array())) {
            throw new NoteException("proof: the entry is not at index " + index + " of that tree");
        }
        return signed;
    }

    @Override
    public String toString() {
        var text = new StringBuilder(HEADER).append("\nindex ").append(index).append('\n');
        for (byte[] hash : hashes) {
            text.append(StrictBase64.encode(hash)).append('\n');
        }
        return text.append('\n').append(checkpoint).toString();
    }
}

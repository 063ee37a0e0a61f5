package com.keeptrusts.gateway.audit.note;

import com.keeptrusts.gateway.audit.tree.TreeHash;
import com.keeptrusts.gateway.contract.Bytes;
import java.util.List;

/** A tree at one size, as its log signs it (C2SP tlog-checkpoint). */
public record Checkpoint(String origin, long size, Bytes root) {

    /** Reads the text of a note; extension lines are allowed and ignored. */
    public static Checkpoint parse(String text) throws NoteException {
        String[] lines = text.split("\n", -1);
        if (lines.length < 4 || lines[0].isEmpty() || !lines[1].matches("0|[1-9][0-9]{0,18}")) {
            throw new NoteException("checkpoint: not three lines of origin, size and root");
        }
        try {
            byte[] root = StrictBase64.decode(lines[2]);
            if (root.length != TreeHash.LENGTH) {
                throw new NoteException("checkpoint: root of " + root.length + " bytes");
            }
            return new Checkpoint(lines[0], Long.parseLong(lines[1]), Bytes.owning(root));
        } catch (IllegalArgumentException e) {
            throw new NoteException("checkpoint: size or root cannot be read");
        }
    }

    /** Reads a whole signed checkpoint and checks that {@code key} signed it for its own log. */
    public static Checkpoint verified(String note, VerifierKey key) throws NoteException {
        SignedNote signed = SignedNote.parse(note);
        signed.verify(key);
        Checkpoint checkpoint = parse(signed.text());
        if (!checkpoint.origin().equals(key.name())) {
            throw new NoteException("checkpoint: origin " + checkpoint.origin() + " (expected: " + key.name() + ")");
        }
        return checkpoint;
    }

    /** As {@link #verified(String, VerifierKey)} by any of several keys of one log, of which one must have signed. */
    public static Checkpoint verified(String note, List<VerifierKey> keys) throws NoteException {
        NoteException first = null;
        for (VerifierKey key : keys) {
            try {
                return verified(note, key);
            } catch (NoteException e) {
                first = first == null ? e : first;
            }
        }
        throw first == null ? new NoteException("checkpoint: no key to verify it with") : first;
    }

    /** Whether it is a checkpoint that this key signed. */
    public static boolean isSigned(String note, VerifierKey key) {
        try {
            return verified(note, key).size() >= 0;
        } catch (NoteException e) {
            return false;
        }
    }

    public String text() {
        return origin + "\n" + size + "\n" + StrictBase64.encode(root.array()) + "\n";
    }

    @Override
    public String toString() {
        return "Checkpoint[" + origin + ", " + size + "]";
    }
}

package com.keeptrusts.gateway.audit.witness;

import com.keeptrusts.gateway.audit.note.Checkpoint;
import com.keeptrusts.gateway.audit.note.NoteException;
import com.keeptrusts.gateway.audit.note.SignedNote;
import com.keeptrusts.gateway.audit.note.VerifierKey;
import com.keeptrusts.gateway.audit.tree.TreeHash;
import com.keeptrusts.gateway.contract.Bytes;

/**
 * What a witness has seen of one log.
 *
 * @param key by which the log is known
 * @param note the last cosigned checkpoint; empty while there is none
 * @param checkpoint that note's; the empty tree's while there is none
 */
record Seen(VerifierKey key, String note, Checkpoint checkpoint) {

    static Seen nothing(VerifierKey key) {
        return new Seen(key, "", new Checkpoint(key.name(), 0, Bytes.owning(TreeHash.ofNothing())));
    }

    Seen cosigned(VerifierKey signer, String signedNote, Checkpoint grown) {
        return new Seen(signer, signedNote, grown);
    }

    /** The key's line, an empty line, the note. */
    static Seen parse(String text) throws NoteException {
        int end = text.indexOf("\n\n");
        if (end < 0) {
            throw new NoteException("witnessed checkpoint: no key");
        }
        VerifierKey key = VerifierKey.parse(text.substring(0, end));
        String note = text.substring(end + 2);
        return note.isEmpty()
                ? nothing(key)
                : new Seen(key, note, Checkpoint.parse(SignedNote.parse(note).text()));
    }

    String text() {
        return key + "\n\n" + note;
    }
}

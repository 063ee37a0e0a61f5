package com.keeptrusts.gateway.audit.note;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * A text and the signature lines under it (C2SP signed-note).
 *
 * @param text ends with a line feed
 * @param signatures each line with its line feed
 */
public record SignedNote(String text, String signatures) {

    static final String SIGNATURE = "\u2014 ";

    public static SignedNote parse(String note) throws NoteException {
        int end = note.lastIndexOf("\n\n");
        if (end < 0 || !note.endsWith("\n") || end + 2 == note.length()) {
            throw new NoteException("note: no signature lines");
        }
        if (note.chars().anyMatch(c -> c < ' ' && c != '\n')) {
            throw new NoteException("note: control characters");
        }
        String signatures = note.substring(end + 2);
        if (!signatures.lines().allMatch(line -> line.startsWith(SIGNATURE))) {
            throw new NoteException("note: malformed signature line");
        }
        return new SignedNote(note.substring(0, end + 1), signatures);
    }

    /**
     * Returns when one line is this key's valid signature; lines of unknown keys are ignored.
     *
     * @throws NoteException when the key's line is missing or wrong
     */
    public void verify(VerifierKey key) throws NoteException {
        for (String line : signatures.lines().toList()) {
            String[] parts = line.substring(SIGNATURE.length()).split(" ", -1);
            if (parts.length != 2 || !parts[0].equals(key.name())) {
                continue;
            }
            byte[] signature = StrictBase64.decode(parts[1]);
            if (signature.length > Integer.BYTES && ByteBuffer.wrap(signature).getInt() == key.id()) {
                if (key.verifies(text, Arrays.copyOfRange(signature, Integer.BYTES, signature.length))) {
                    return;
                }
                throw new NoteException("signature of " + key.name() + ": does not hold");
            }
        }
        throw new NoteException("signature of " + key.name() + ": none");
    }

    @Override
    public String toString() {
        return text + "\n" + signatures;
    }
}

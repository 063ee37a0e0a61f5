package com.keeptrusts.gateway.audit.note;

import com.keeptrusts.gateway.contract.Bytes;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

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
        for (Line line : lines()) {
            if (line.isOf(key.name(), key.id())) {
                if (key.verifies(text, line.signature().array())) {
                    return;
                }
                throw new NoteException("signature of " + key.name() + ": does not hold");
            }
        }
        throw new NoteException("signature of " + key.name() + ": none");
    }

    /** The same note with more signature lines, each with its line feed. */
    public SignedNote with(String lines) {
        return new SignedNote(text, signatures + lines);
    }

    /**
     * One signature line.
     *
     * @param signature what follows the key's id
     */
    record Line(String name, int id, Bytes signature) {

        boolean isOf(String otherName, int otherId) {
            return name.equals(otherName) && id == otherId;
        }
    }

    /** The lines that can be a signature; others are ignored, as those of unknown keys are. */
    List<Line> lines() {
        List<Line> lines = new ArrayList<>();
        for (String line : signatures.lines().toList()) {
            String[] parts = line.substring(SIGNATURE.length()).split(" ", -1);
            byte[] typed = parts.length == 2 ? decoded(parts[1]) : new byte[0];
            if (typed.length > Integer.BYTES) {
                int id = ByteBuffer.wrap(typed).getInt();
                lines.add(new Line(parts[0], id, Bytes.copyOf(typed, Integer.BYTES, typed.length)));
            }
        }
        return lines;
    }

    private static byte[] decoded(String base64) {
        try {
            return StrictBase64.decode(base64);
        } catch (NoteException e) {
            return new byte[0];
        }
    }

    @Override
    public String toString() {
        return text + "\n" + signatures;
    }
}

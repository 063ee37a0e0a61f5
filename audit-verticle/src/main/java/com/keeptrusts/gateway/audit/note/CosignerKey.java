package com.keeptrusts.gateway.audit.note;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * The public half of a witness's key for cosignatures of version 1 (C2SP tlog-cosignature), written
 * {@code name+id+key} with the algorithm 0x04. Only Ed25519 is known.
 */
public record CosignerKey(String name, int id, PublicKey key) {

    static final byte ALGORITHM = 4;
    private static final int SIGNATURE_LENGTH = 64;

    public static CosignerKey of(String name, PublicKey key) {
        return new CosignerKey(
                VerifierKey.checkedName(name), VerifierKey.id(name, ALGORITHM, VerifierKey.raw(key)), key);
    }

    public static CosignerKey parse(String text) throws NoteException {
        String[] parts = text.strip().split("\\+", 3);
        if (parts.length != 3 || !VerifierKey.isName(parts[0])) {
            throw new NoteException("witness key: not of the form name+id+key");
        }
        try {
            byte[] typed = StrictBase64.decode(parts[2]);
            if (typed.length != 1 + VerifierKey.KEY_LENGTH || typed[0] != ALGORITHM) {
                throw new NoteException("witness key: unknown algorithm (expected: Ed25519 cosignatures, 0x04)");
            }
            byte[] raw = Arrays.copyOfRange(typed, 1, typed.length);
            int id = Integer.parseUnsignedInt(parts[1], 16);
            if (id != VerifierKey.id(parts[0], ALGORITHM, raw)) {
                throw new NoteException("witness key: id " + parts[1] + " does not belong to the key");
            }
            return new CosignerKey(parts[0], id, VerifierKey.publicKey(raw));
        } catch (IllegalArgumentException | GeneralSecurityException e) {
            throw new NoteException("witness key: not readable");
        }
    }

    /**
     * When this witness cosigned the note, if it did.
     *
     * @throws NoteException when a line is in this witness's name and key and does not hold
     */
    public Optional<Instant> cosigned(SignedNote note) throws NoteException {
        for (SignedNote.Line line : note.lines()) {
            if (line.isOf(name, id)) {
                return Optional.of(time(note.text(), line.signature().array()));
            }
        }
        return Optional.empty();
    }

    /** The lines among these that are of this witness and hold for the text; all others are dropped. */
    public List<String> valid(String text, String lines) {
        return lines.lines().filter(line -> holds(text, line)).limit(1).toList();
    }

    private boolean holds(String text, String line) {
        try {
            return cosigned(SignedNote.parse(text + "\n" + line + "\n")).isPresent();
        } catch (NoteException e) {
            return false;
        }
    }

    private Instant time(String text, byte[] timed) throws NoteException {
        if (timed.length != Long.BYTES + SIGNATURE_LENGTH) {
            throw new NoteException("cosignature of " + name + ": " + timed.length + " bytes (expected: 72)");
        }
        long seconds = ByteBuffer.wrap(timed).getLong();
        byte[] signature = Arrays.copyOfRange(timed, Long.BYTES, timed.length);
        if (seconds < 0 || seconds > Instant.MAX.getEpochSecond() || !verifies(message(text, seconds), signature)) {
            throw new NoteException("cosignature of " + name + ": does not hold");
        }
        return Instant.ofEpochSecond(seconds);
    }

    private boolean verifies(byte[] message, byte[] signature) {
        try {
            Signature verifier = Signature.getInstance("Ed25519");
            verifier.initVerify(key);
            verifier.update(message);
            return verifier.verify(signature);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    static byte[] message(String text, long seconds) {
        return ("cosignature/v1\ntime " + seconds + "\n" + text).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        byte[] raw = VerifierKey.raw(key);
        byte[] typed =
                ByteBuffer.allocate(1 + raw.length).put(ALGORITHM).put(raw).array();
        return name + "+" + HexFormat.of().toHexDigits(id) + "+" + StrictBase64.encode(typed);
    }
}

package com.keeptrusts.gateway.audit.note;

import com.keeptrusts.gateway.audit.tree.TreeHash;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * The public half of a log's key, written {@code name+id+key} as C2SP signed-note writes verifier keys. Only Ed25519
 * (algorithm 0x01) is known.
 */
public record VerifierKey(String name, int id, PublicKey key) {

    static final byte ED25519 = 1;

    /** What X.509 puts before the 32 bytes of an Ed25519 key. */
    private static final byte[] X509_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

    static final int KEY_LENGTH = 32;

    public static VerifierKey of(String name, PublicKey key) {
        return new VerifierKey(checkedName(name), id(name, raw(key)), key);
    }

    public static VerifierKey parse(String text) throws NoteException {
        String[] parts = text.strip().split("\\+", 3);
        if (parts.length != 3 || !isName(parts[0])) {
            throw new NoteException("verifier key: not of the form name+id+key");
        }
        try {
            byte[] typed = StrictBase64.decode(parts[2]);
            if (typed.length != 1 + KEY_LENGTH || typed[0] != ED25519) {
                throw new NoteException("verifier key: unknown algorithm (expected: Ed25519)");
            }
            byte[] raw = Arrays.copyOfRange(typed, 1, typed.length);
            int id = Integer.parseUnsignedInt(parts[1], 16);
            if (id != id(parts[0], raw)) {
                throw new NoteException("verifier key: id " + parts[1] + " does not belong to the key");
            }
            return new VerifierKey(parts[0], id, publicKey(raw));
        } catch (IllegalArgumentException | GeneralSecurityException e) {
            throw new NoteException("verifier key: not readable");
        }
    }

    /** Whether the signature is of this key over this text. */
    boolean verifies(String text, byte[] signature) {
        try {
            Signature verifier = Signature.getInstance("Ed25519");
            verifier.initVerify(key);
            verifier.update(text.getBytes(StandardCharsets.UTF_8));
            return verifier.verify(signature);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    /** The name as it may stand in a key: neither spaces nor a plus sign. */
    public static boolean isName(String name) {
        return !name.isEmpty()
                && name.codePoints()
                        .noneMatch(c -> c == '+' || Character.isWhitespace(c) || Character.isSpaceChar(c) || c < ' ');
    }

    static String checkedName(String name) {
        if (!isName(name)) {
            throw new IllegalArgumentException("key name: has spaces or a plus sign, or is empty");
        }
        return name;
    }

    private static int id(String name, byte[] raw) {
        return id(name, ED25519, raw);
    }

    static int id(String name, byte algorithm, byte[] raw) {
        MessageDigest digest = TreeHash.sha256();
        digest.update(name.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) '\n');
        digest.update(algorithm);
        return ByteBuffer.wrap(digest.digest(raw)).getInt();
    }

    static byte[] raw(PublicKey key) {
        byte[] encoded = key.getEncoded();
        if (encoded.length != X509_PREFIX.length + KEY_LENGTH) {
            throw new IllegalArgumentException("key: " + key.getAlgorithm() + " (expected: Ed25519)");
        }
        return Arrays.copyOfRange(encoded, X509_PREFIX.length, encoded.length);
    }

    static PublicKey publicKey(byte[] raw) throws GeneralSecurityException {
        byte[] encoded = ByteBuffer.allocate(X509_PREFIX.length + raw.length)
                .put(X509_PREFIX)
                .put(raw)
                .array();
        return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
    }

    @Override
    public String toString() {
        byte[] raw = raw(key);
        byte[] typed = ByteBuffer.allocate(1 + raw.length).put(ED25519).put(raw).array();
        return name + "+" + HexFormat.of().toHexDigits(id) + "+" + StrictBase64.encode(typed);
    }
}

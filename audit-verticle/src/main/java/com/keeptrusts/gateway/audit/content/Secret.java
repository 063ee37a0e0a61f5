package com.keeptrusts.gateway.audit.content;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Thirty-two secret bytes. They are never used as they are: every use has a key of its own, derived by HKDF-SHA-256
 * (RFC 5869) under a label. Prints nothing of itself.
 */
public final class Secret {

    /** How a blob is encrypted, as an entry names it. */
    public static final String CIPHER = "AES-256-GCM";

    static final int LENGTH = 32;

    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final byte[] bytes;

    private Secret(byte[] bytes) {
        if (bytes.length != LENGTH) {
            throw new IllegalArgumentException("secret: " + bytes.length + " bytes (expected: " + LENGTH + ")");
        }
        this.bytes = bytes;
    }

    static Secret random() {
        byte[] bytes = new byte[LENGTH];
        RANDOM.nextBytes(bytes);
        return new Secret(bytes);
    }

    /** Takes the array over without copying. */
    static Secret owning(byte[] bytes) {
        return new Secret(bytes);
    }

    /** For the one file that it is written to. */
    byte[] bytes() {
        return bytes.clone();
    }

    /** The secret for one use; equal labels give equal secrets. */
    Secret derived(String label) {
        try {
            var how = HKDFParameterSpec.ofExtract()
                    .addIKM(bytes)
                    .thenExpand(label.getBytes(StandardCharsets.UTF_8), LENGTH);
            return new Secret(KDF.getInstance("HKDF-SHA256").deriveData(how));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK from 25 on has HKDF-SHA256", e);
        }
    }

    /** The first {@code length} bytes of HMAC-SHA-256 over a text, in hexadecimal digits. */
    String nameOf(String text, int length) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(bytes, "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)), 0, length);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }

    /** Encrypts by AES-256-GCM under a fresh random nonce, which comes first; {@code bound} must be given to open it. */
    byte[] seal(byte[] plain, String bound) {
        byte[] sealed = new byte[NONCE + plain.length + TAG_BITS / Byte.SIZE];
        byte[] nonce = new byte[NONCE];
        RANDOM.nextBytes(nonce);
        System.arraycopy(nonce, 0, sealed, 0, NONCE);
        try {
            cipher(Cipher.ENCRYPT_MODE, nonce, bound).doFinal(plain, 0, plain.length, sealed, NONCE);
            return sealed;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + CIPHER, e);
        }
    }

    /**
     * Reverses {@link #seal}.
     *
     * @throws ContentException when the bytes were altered, or sealed with another secret or for something else
     */
    byte[] open(byte[] sealed, String bound) throws ContentException {
        if (sealed.length < NONCE + TAG_BITS / Byte.SIZE) {
            throw new ContentException("sealed bytes: cut short");
        }
        try {
            return cipher(Cipher.DECRYPT_MODE, Arrays.copyOf(sealed, NONCE), bound)
                    .doFinal(sealed, NONCE, sealed.length - NONCE);
        } catch (AEADBadTagException e) {
            throw new ContentException("sealed bytes: altered, or sealed with another key");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + CIPHER, e);
        }
    }

    private Cipher cipher(int mode, byte[] nonce, String bound) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, new SecretKeySpec(bytes, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(bound.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }

    @Override
    public String toString() {
        return "Secret[]";
    }
}

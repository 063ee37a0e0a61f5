package com.keeptrusts.gateway.audit.note;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.time.Instant;

/**
 * A witness's Ed25519 key. It signs nothing but cosignatures, whose first line no checkpoint has. Prints its public half
 * only.
 */
public final class CosigningKey {

    private final PrivateKey key;
    private final CosignerKey verifier;

    /** Of a key pair that belongs together. */
    private CosigningKey(PrivateKey key, CosignerKey verifier) {
        this.key = key;
        this.verifier = verifier;
    }

    public static CosigningKey generate(String name) {
        return of(SigningKey.generate(name));
    }

    /** The same key pair, for cosignatures alone. */
    public static CosigningKey of(SigningKey pair) {
        return new CosigningKey(
                pair.privateKey(),
                CosignerKey.of(pair.verifier().name(), pair.verifier().key()));
    }

    public CosignerKey verifier() {
        return verifier;
    }

    /** One signature line, with its line feed, over a checkpoint's text at a time. */
    public String cosign(String text, Instant now) {
        byte[] signature = signature(CosignerKey.message(text, now.getEpochSecond()));
        byte[] line = ByteBuffer.allocate(Integer.BYTES + Long.BYTES + signature.length)
                .putInt(verifier.id())
                .putLong(now.getEpochSecond())
                .put(signature)
                .array();
        return SignedNote.SIGNATURE + verifier.name() + " " + StrictBase64.encode(line) + "\n";
    }

    private byte[] signature(byte[] message) {
        try {
            Signature signer = Signature.getInstance("Ed25519");
            signer.initSign(key);
            signer.update(message);
            return signer.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the key of " + verifier.name() + " cannot sign", e);
        }
    }

    @Override
    public String toString() {
        return "CosigningKey[" + verifier + "]";
    }
}

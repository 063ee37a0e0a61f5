package com.keeptrusts.gateway.audit.note;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;

/** A log's Ed25519 key. Prints its public half only. */
public final class SigningKey {

    private static final String BEGIN = "-----BEGIN PRIVATE KEY-----";
    private static final String END = "-----END PRIVATE KEY-----";

    private final PrivateKey key;
    private final VerifierKey verifier;

    private SigningKey(PrivateKey key, VerifierKey verifier) {
        this.key = key;
        this.verifier = verifier;
    }

    public static SigningKey generate(String name) {
        try {
            KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            return new SigningKey(pair.getPrivate(), VerifierKey.of(name, pair.getPublic()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Ed25519 is in every JDK", e);
        }
    }

    /**
     * Reads what {@link #pem()} wrote.
     *
     * @param verifier the public half; a private key that does not belong to it is refused
     */
    public static SigningKey ofPem(String pem, VerifierKey verifier) throws NoteException {
        try {
            byte[] encoded = Base64.getMimeDecoder()
                    .decode(pem.replace(BEGIN, "").replace(END, "").strip());
            PrivateKey key = KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(encoded));
            var signing = new SigningKey(key, verifier);
            if (!verifier.verifies("probe\n", signing.signatureOf("probe\n"))) {
                throw new NoteException("private key: does not belong to " + verifier);
            }
            return signing;
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new NoteException("private key: not readable");
        }
    }

    public VerifierKey verifier() {
        return verifier;
    }

    PrivateKey privateKey() {
        return key;
    }

    /** The private key in PKCS #8, for a file that only its owner can read. */
    public String pem() {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key.getEncoded());
        return BEGIN + "\n" + body + "\n" + END + "\n";
    }

    /** The text with one signature line of this key. */
    public SignedNote sign(String text) {
        byte[] signature = signatureOf(text);
        byte[] line = ByteBuffer.allocate(Integer.BYTES + signature.length)
                .putInt(verifier.id())
                .put(signature)
                .array();
        return new SignedNote(text, SignedNote.SIGNATURE + verifier.name() + " " + StrictBase64.encode(line) + "\n");
    }

    private byte[] signatureOf(String text) {
        try {
            Signature signer = Signature.getInstance("Ed25519");
            signer.initSign(key);
            signer.update(text.getBytes(StandardCharsets.UTF_8));
            return signer.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the key of " + verifier.name() + " cannot sign", e);
        }
    }

    @Override
    public String toString() {
        return "SigningKey[" + verifier + "]";
    }
}

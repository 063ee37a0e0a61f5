package com.keeptrusts.gateway.ingress;

import com.keeptrusts.gateway.contract.Bytes;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * HMAC-SHA-256 commitments of one request. Each request has its own key, derived from the node's secret, so that equal
 * texts do not look equal in the ledger and nobody without the secret can test a guess.
 */
final class Commitments {

    private static final String ALGORITHM = "HmacSHA256";

    private final byte[] key;

    Commitments(Bytes nodeSecret, String requestId) {
        this.key = mac(nodeSecret.array()).doFinal(requestId.getBytes(StandardCharsets.UTF_8));
    }

    String of(byte[] bytes) {
        return hex(mac(key).doFinal(bytes));
    }

    /** For bytes that come one after the other. */
    Mac running() {
        return mac(key);
    }

    /** A name that stands for another within one node's entries and does not tell it. */
    static String pseudonym(Bytes nodeSecret, String kind, String name) {
        byte[] digest = mac(nodeSecret.array()).doFinal((kind + '\n' + name).getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(digest, 0, 12);
    }

    static String hex(byte[] digest) {
        return HexFormat.of().formatHex(digest);
    }

    private static Mac mac(byte[] key) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, e);
        }
    }
}

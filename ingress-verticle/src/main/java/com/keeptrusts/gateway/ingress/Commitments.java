package com.keeptrusts.gateway.ingress;

import com.keeptrusts.gateway.contract.Bytes;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * HMAC-SHA-256 commitments of one request, under a salt of its own that is not in the ledger: equal texts do not look
 * equal there, and when the salt is erased nobody can test a guess any more.
 */
final class Commitments {

    private static final String ALGORITHM = "HmacSHA256";

    private final Bytes salt;

    Commitments(Bytes salt) {
        this.salt = salt;
    }

    String of(byte[] bytes) {
        return hex(running().doFinal(bytes));
    }

    /** For bytes that come one after the other. */
    Mac running() {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(salt.array(), ALGORITHM));
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, e);
        }
    }

    static String hex(byte[] digest) {
        return HexFormat.of().formatHex(digest);
    }
}

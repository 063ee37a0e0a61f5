package com.keeptrusts.gateway.faults;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The secret in a data directory, with which its owner can tell what text an entry is about (docs/audit-format.md). */
final class NodeSecret {

    private final byte[] secret;

    private NodeSecret(byte[] secret) {
        this.secret = secret;
    }

    static NodeSecret in(Path data) throws IOException {
        return new NodeSecret(Files.readAllBytes(data.resolve("keys").resolve("commitment.key")));
    }

    /** The commitment that the entry of this request has if the body was this one. */
    String commitment(String requestId, String body) {
        return HexFormat.of().formatHex(mac(mac(secret, requestId), body));
    }

    private static byte[] mac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}

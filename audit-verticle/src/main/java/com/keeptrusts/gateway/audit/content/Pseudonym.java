package com.keeptrusts.gateway.audit.content;

import java.time.LocalDate;
import java.util.regex.Pattern;

/** Names that stand for a person, an address or a client's key, HMAC-SHA-256 under a tenant's pepper, of which 16 bytes are kept. */
final class Pseudonym {

    private static final int LENGTH = 16;
    private static final Pattern FORM = Pattern.compile("[0-9a-f]{32}");

    private Pseudonym() {}

    static String ofUser(Secret pepper, String user) {
        return pepper.nameOf("user\n" + user, LENGTH);
    }

    /** For requests that name no user: those of one client key on one day share a key. */
    static String ofNobody(Secret pepper, String clientKey, LocalDate day) {
        return pepper.nameOf("nobody\n" + day + "\n" + clientKey, LENGTH);
    }

    static String ofAddress(Secret pepper, String address) {
        return pepper.nameOf("address\n" + address, LENGTH);
    }

    static String ofIdempotencyKey(Secret pepper, String key) {
        return pepper.nameOf("idempotency\n" + key, LENGTH);
    }

    static boolean isOne(String text) {
        return FORM.matcher(text).matches();
    }
}

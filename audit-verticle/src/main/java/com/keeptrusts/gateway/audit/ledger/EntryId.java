package com.keeptrusts.gateway.audit.ledger;

import java.security.SecureRandom;
import java.util.UUID;

/** UUIDs of version 7 (RFC 9562): ordered by time, so that a look-up by id is bounded. */
public final class EntryId {

    private static final SecureRandom RANDOM = new SecureRandom();

    private EntryId() {}

    public static String at(long epochMillis) {
        long high = epochMillis << 16 | 0x7000 | RANDOM.nextInt(0x1000);
        long low = RANDOM.nextLong() >>> 2 | 0x8000_0000_0000_0000L;
        return new UUID(high, low).toString();
    }
}

package com.keeptrusts.gateway.ingress;

import java.security.SecureRandom;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.function.LongSupplier;

/**
 * UUIDs of version 7 (RFC 9562), each greater than the one before, also when the clock is set back. Confined to one
 * event loop; the random part keeps several makers apart.
 */
final class TimeOrderedIds {

    private static final int MOST_PER_MILLI = 0x1000;

    private final LongSupplier clock;
    private final SplittableRandom random = new SplittableRandom(new SecureRandom().nextLong());
    private long millis;
    private int counter;

    TimeOrderedIds() {
        this(System::currentTimeMillis);
    }

    TimeOrderedIds(LongSupplier clock) {
        this.clock = clock;
    }

    String next() {
        long now = clock.getAsLong();
        if (now > millis) {
            millis = now;
            counter = random.nextInt(MOST_PER_MILLI / 2); // room to count up within the millisecond
        } else if (++counter == MOST_PER_MILLI) {
            millis++;
            counter = 0;
        }
        long high = millis << 16 | 0x7000L | counter;
        long low = random.nextLong() >>> 2 | 0x8000000000000000L;
        return new UUID(high, low).toString();
    }
}

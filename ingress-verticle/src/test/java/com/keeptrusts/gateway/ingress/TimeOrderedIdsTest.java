package com.keeptrusts.gateway.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class TimeOrderedIdsTest {

    private long now = 1_700_000_000_000L;

    @Test
    void idsGrowAlsoWhenTheClockIsSetBack_N20() {
        var ids = new TimeOrderedIds(() -> now);
        var random = new Random(1);
        String last = "";
        for (int i = 0; i < 20_000; i++) {
            now += random.nextInt(3) - 1;
            String next = ids.next();
            assertThat(next).isGreaterThan(last);
            last = next;
        }
    }

    @Test
    void anIdIsAUuidOfVersionSevenWithItsTime() {
        UUID id = UUID.fromString(new TimeOrderedIds(() -> now).next());

        assertThat(id.version()).isEqualTo(7);
        assertThat(id.variant()).isEqualTo(2);
        assertThat(id.getMostSignificantBits() >>> 16).isEqualTo(now);
    }
}

package com.keeptrusts.gateway.contract;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LatenessTest {

    private long wall = 1_000_000;
    private long monotonic = 0;
    private final Lateness lateness = new Lateness(() -> wall, () -> monotonic);

    @Test
    void aMessageInTimeIsAdmittedWhateverTheSendersClockSays() {
        assertThat(lateness.expired(sentAt(wall - 172_800_000))).isFalse();
        assertThat(lateness.expired(sentAt(wall - 172_800_000))).isFalse();
    }

    @Test
    void whatWaitedWhileThisProcessWasFrozenIsLate() {
        lateness.expired(sentAt(wall));
        long frozen = wall;
        pass(30_000);

        assertThat(lateness.expired(sentAt(frozen))).isTrue();
        assertThat(lateness.expired(sentAt(frozen + 29_950))).isFalse();
    }

    @Test
    void whoeverAsksInThisProcessWasPausedWithItAndStillWaits() {
        Deadline ours = Deadline.in("asker", 250);
        wall = ours.sentAtMillis();
        lateness.expired(ours);
        pass(30_000);

        assertThat(lateness.expired(ours)).isFalse();
    }

    @Test
    void aSendersClockThatWasSetBackMakesNothingLate() {
        for (int i = 0; i < 20; i++) {
            pass(50);
            lateness.tick();
            lateness.expired(sentAt(wall));
        }

        assertThat(lateness.expired(sentAt(wall - 3_600_000))).isFalse();
        assertThat(lateness.expired(sentAt(wall - 3_600_000))).isFalse();
    }

    private void pass(long millis) {
        wall += millis;
        monotonic += millis;
    }

    private static Deadline sentAt(long millis) {
        return new Deadline("sender", millis, 250);
    }
}

package com.keeptrusts.gateway.node.scaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class AutoscalerTest {

    private final Autoscaler autoscaler = of(1, 8, "busy=0.5");
    private long now;

    @Test
    void thereAreAtLeastAsManyAsAskedFor() {
        assertThat(of(2, 4, "busy").decide(0, List.of(), 0)).isEqualTo(2);
        assertThat(of(2, 4, "busy").decide(0, workers(1, 0.1), 0)).isEqualTo(2);
        assertThat(of(2, 4, "busy").decide(0, List.of(), 2)).isEqualTo(2);
    }

    @Test
    void asManyAreAskedForAsBringTheSignalToItsTarget() {
        assertThat(autoscaler.decide(now, workers(2, 0.75), 0)).isEqualTo(3);
    }

    @Test
    void nearTheTargetNothingChanges() {
        assertThat(autoscaler.decide(now, workers(3, 0.54), 0)).isEqualTo(3);
        pass(60_000);
        assertThat(autoscaler.decide(now, workers(3, 0.46), 0)).isEqualTo(3);
    }

    @Test
    void thereAreNeverMoreThanAskedForNorMoreThanTwiceAsManyAtOnce() {
        assertThat(of(1, 4, "busy=0.1").decide(0, workers(3, 1), 0)).isEqualTo(4);
        assertThat(of(1, 8, "busy=0.1").decide(0, workers(1, 1), 0)).isEqualTo(2);
    }

    @Test
    void theNextStepUpWaitsUntilTheLastHasHadTimeToHelp() {
        assertThat(autoscaler.decide(now, workers(1, 1), 0)).isEqualTo(2);
        pass(1_000);
        assertThat(autoscaler.decide(now, workers(1, 1), 1)).isEqualTo(2);
        pass(1_000);
        assertThat(autoscaler.decide(now, workers(2, 1), 0)).isEqualTo(2);
        pass(8_000);
        assertThat(autoscaler.decide(now, workers(2, 1), 0)).isEqualTo(4);
    }

    @Test
    void aLullShorterThanTheWindowStopsNobody() {
        assertThat(autoscaler.decide(now, workers(4, 0.5), 0)).isEqualTo(4);
        for (int second = 0; second < 29; second++) {
            pass(1_000);
            assertThat(autoscaler.decide(now, workers(4, 0.01), 0)).isEqualTo(4);
        }
        pass(1_000);
        assertThat(autoscaler.decide(now, workers(4, 0.4), 0)).isEqualTo(4);
        pass(1_000);
        assertThat(autoscaler.decide(now, workers(4, 0.01), 0)).isEqualTo(4);
    }

    @Test
    void afterAWholeWindowThereAreAsManyAsWereNeededAtItsBusiestMoment() {
        autoscaler.decide(now, workers(4, 0.5), 0);
        pass(20_000);
        autoscaler.decide(now, workers(4, 0.25), 0);
        pass(20_000);
        assertThat(autoscaler.decide(now, workers(4, 0.01), 0)).isEqualTo(2);
        pass(31_000);
        assertThat(autoscaler.decide(now, workers(2, 0.01), 0)).isEqualTo(1);
    }

    @Test
    void whatWasThereBeforeTheFirstLookIsNotStoppedAtOnce() {
        assertThat(autoscaler.decide(now, workers(4, 0), 0)).isEqualTo(4);
    }

    @Test
    void ofSeveralSignalsTheMostDemandingCounts() {
        var many = of(1, 8, "busy=0.5", "queue=4", "p99=50");

        assertThat(many.decide(now, List.of(new WorkerLoad(0.5, 0, 0), new WorkerLoad(0.5, 0, 150_000)), 0))
                .isEqualTo(3);
        pass(60_000);
        assertThat(many.decide(now, List.of(new WorkerLoad(0.5, 8, 0), new WorkerLoad(0.5, 8, 0)), 0))
                .isEqualTo(4);
    }

    @Test
    void aLoadThatTwoWorkersCarryEndsWithTwoAndStaysThere() {
        double load = 0.9; // of one worker's time
        int workers = 1;
        for (int second = 0; second < 120; second++) {
            workers = autoscaler.decide(now, workers(workers, Math.min(1, load / workers)), 0);
            pass(1_000);
            if (second > 15) {
                assertThat(workers).isEqualTo(2);
            }
        }
    }

    @Test
    void mistakesOfTheOperatorAreSaidInHisWords() {
        assertThatThrownBy(() -> Target.parse("buzy")).hasMessage("'buzy' (expected: busy, queue, p99)");
        assertThatThrownBy(() -> Target.parse("busy=x")).hasMessage("'busy=x' (expected: a number after busy=)");
        assertThatThrownBy(() -> Target.parse("busy=2")).hasMessage("busy=2.0 (expected: more than 0, at most 1)");
        assertThatThrownBy(() -> of(3, 2, "busy")).hasMessage("--min 3 --max 2 (expected: 1 <= min <= max)");
        assertThat(Target.parse("p99")).isEqualTo(new Target(Signal.P99, 50));
    }

    private static Autoscaler of(int min, int max, String... targets) {
        return new Autoscaler(new Autoscaler.Plan(
                min,
                max,
                List.of(targets).stream().map(Target::parse).toList(),
                Duration.ofSeconds(30),
                Duration.ofSeconds(10)));
    }

    private static List<WorkerLoad> workers(int count, double busy) {
        return Collections.nCopies(count, new WorkerLoad(busy, 0, 0));
    }

    private void pass(long millis) {
        now += millis;
    }
}

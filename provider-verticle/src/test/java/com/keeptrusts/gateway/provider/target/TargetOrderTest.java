package com.keeptrusts.gateway.provider.target;

import static org.assertj.core.api.Assertions.assertThat;

import com.keeptrusts.gateway.contract.Bytes;
import com.keeptrusts.gateway.provider.settings.ModelResolution;
import com.keeptrusts.gateway.provider.settings.ProviderConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TargetOrderTest {

    private final ClockedNanos clock = new ClockedNanos();
    private final TargetBoard board = new TargetBoard(0, clock);

    @Test
    void orderedIsAsWritten() {
        assertThat(order("ordered", "")).containsExactly("a", "b", "c", "other");
    }

    @Test
    void roundRobinBeginsEachCallWithAnother() {
        assertThat(order("round_robin", "")).containsExactly("a", "b", "c", "other");
        assertThat(order("round_robin", "")).containsExactly("b", "c", "a", "other");
        assertThat(order("round_robin", "")).containsExactly("c", "a", "b", "other");
        assertThat(order("round_robin", "")).containsExactly("a", "b", "c", "other");
    }

    @Test
    void weightedBeginsAsOftenAsTheWeightSays() {
        List<String> first = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            first.add(order("weighted", "").getFirst());
        }

        assertThat(first.stream().filter("a"::equals).count()).isBetween(95L, 105L);
        assertThat(first.stream().filter("b"::equals).count()).isBetween(295L, 305L);
        assertThat(first.stream().filter("c"::equals).count()).isBetween(595L, 605L);
    }

    @Test
    void lowestLatencyBeginsWithTheQuickestThatIsKnownWellEnough() {
        sample("a", 900, 2);
        sample("b", 100, 2);
        sample("c", 500, 2);
        assertThat(order("lowest_latency", ",\"min_sample_count\":2")).containsExactly("b", "c", "a", "other");

        clock.pass(Duration.ofSeconds(301));
        sample("b", 100, 2);
        sample("a", 50, 1);

        assertThat(order("lowest_latency", ",\"min_sample_count\":2")).containsExactly("a", "c", "b", "other");
    }

    @Test
    void leastOutstandingBeginsWithTheIdlest() {
        board.state("a").acquire(() -> {});
        board.state("a").acquire(() -> {});
        board.state("b").acquire(() -> {});

        assertThat(order("least_outstanding", "")).containsExactly("c", "b", "a", "other");
    }

    @Test
    void aTargetThatAskedForRestComesLastUntilItHasRested() {
        board.state("a").cool(2_000L, false);
        assertThat(order("ordered", "")).containsExactly("b", "c", "other", "a");

        clock.pass(Duration.ofSeconds(2));

        assertThat(order("ordered", "")).containsExactly("a", "b", "c", "other");
    }

    private void sample(String target, long micros, int times) {
        for (int i = 0; i < times; i++) {
            board.state(target).began(micros);
        }
    }

    private List<String> order(String strategy, String more) {
        ProviderConfig config = ProviderConfig.parse(Bytes.utf8("""
                {"providers":{"targets":[
                  {"id":"a","provider":"cerebras:chat:m","weight":1},
                  {"id":"b","provider":"cerebras:chat:m","weight":3},
                  {"id":"c","provider":"cerebras:chat:m","weight":6},
                  {"id":"other","provider":"openai","model":"o"}],
                 "routing":{"strategy":"%s"%s}}}""".formatted(strategy, more)));
        ModelResolution resolution = ModelResolution.of(config.providers(), config.aliases(), "m");
        return new TargetOrder(board)
                .order(resolution, config.providers().routing()).stream()
                        .map(candidate -> candidate.target().id())
                        .toList();
    }
}

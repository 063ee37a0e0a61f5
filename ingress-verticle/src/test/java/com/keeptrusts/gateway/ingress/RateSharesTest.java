package com.keeptrusts.gateway.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import com.keeptrusts.gateway.contract.ConfigVersion;
import com.keeptrusts.gateway.contract.NodeEvent.NodePresent;
import com.keeptrusts.gateway.contract.RateLoan;
import com.keeptrusts.gateway.contract.RatesLent;
import com.keeptrusts.gateway.contract.RatesWanted;
import com.keeptrusts.gateway.contract.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.BiPredicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several ingress nodes in virtual time, joined by a network that a test cuts. */
class RateSharesTest {

    private static final int WINDOW = 60;
    private static final long LIMIT = 100;

    private long now = WINDOW * 1_000L * 1_000; // the beginning of a window
    private final List<RateShares> nodes = new ArrayList<>();
    private BiPredicate<Integer, Integer> reaches = (_, _) -> true;

    @BeforeEach
    void twoNodes() {
        join(2);
    }

    @Test
    void whereAllRequestsComeToOneNodeItBorrowsNearlyTheWholeLimit() {
        int admitted = 0;
        for (int i = 0; i < 1_000; i++) {
            admitted += asks(0, 1) ? 1 : 0;
            pass(10);
        }

        assertThat(admitted).isBetween(95, 100);
    }

    @Test
    void whereRequestsComeToAllNodesTheSumIsTheLimit() {
        int admitted = 0;
        for (int i = 0; i < 1_000; i++) {
            admitted += asks(i % 2, 1) ? 1 : 0;
            pass(10);
        }

        assertThat(admitted).isBetween(95, 100);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void theSumNeverExceedsTheLimitWhateverIsLostOnTheWay(long seed) {
        join(4);
        var random = new Random(seed);
        reaches = (_, _) -> random.nextInt(3) > 0;
        for (int window = 0; window < 5; window++) {
            long admitted = 0;
            for (int i = 0; i < WINDOW * 20; i++) {
                int amount = 1 + random.nextInt(3);
                admitted += asks(random.nextInt(2) * random.nextInt(4), amount) ? amount : 0;
                pass(50);
            }

            assertThat(admitted).isBetween(LIMIT / 3, LIMIT);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 5_000, 20_000})
    @Tag("N13")
    void bothSidesOfASplitTogetherStayWithinTheLimit(int cutAt) {
        join(3);
        for (int window = 0; window < 4; window++) {
            int admitted = 0;
            for (int millis = 0; millis < WINDOW * 1_000; millis += 20) {
                if (window == 0 && millis == cutAt) {
                    reaches = (from, to) -> (from == 0) == (to == 0); // node 0 alone, the others together
                }
                admitted += asks(millis / 20 % 3, 1) ? 1 : 0;
                admitted += asks(0, 1) ? 1 : 0;
                pass(20);
            }

            assertThat(admitted).isBetween((int) LIMIT * 3 / 4, (int) LIMIT);
        }
    }

    @Test
    void aSideOfASplitHasNoMoreThanItsShareUntilTheOthersAreGoneForGood() {
        reaches = (_, _) -> false;
        pass(WINDOW * 1_000);
        assertThat(admittedAt(0)).isEqualTo(LIMIT / 2);

        while (nodes.getFirst().peers().division().nodes() > 1) {
            pass(WINDOW * 1_000);
        }

        pass(2 * WINDOW * 1_000);
        assertThat(admittedAt(0)).isEqualTo(LIMIT);
    }

    @Test
    void aRequestLargerThanTheShareIsLetThroughWhenOthersHaveLent() {
        assertThat(shares(0).take("t", 90, LIMIT, WINDOW)).isBetween(1L, 1_000L);

        pass(200);

        assertThat(shares(0).take("t", 90, LIMIT, WINDOW)).isZero();
        assertThat(shares(1).take("t", 40, LIMIT, WINDOW)).isPositive();
    }

    @Test
    void aRequestLargerThanTheLimitNeverIs() {
        assertThat(shares(0).take("t", LIMIT + 1, LIMIT, WINDOW)).isEqualTo(RateCounters.NEVER);
    }

    @Test
    void whereNobodyHasAnythingLeftTheHintIsTheWindows() {
        for (int i = 0; i < 2_000; i++) {
            asks(i % 2, 1);
            pass(1);
        }
        pass(500);

        assertThat(shares(0).take("r", 1, LIMIT, WINDOW)).isGreaterThan(10_000);
    }

    @Test
    void whatNobodyAskedForIsNotTaken() {
        shares(0).borrow(new RatesLent("b", List.of(loan(50))));

        assertThat(admittedAt(0)).isEqualTo(LIMIT / 2);
    }

    private static RateLoan loan(long amount) {
        return new RateLoan("r", WINDOW, amount);
    }

    @Test
    void aCounterThatIsFarFromItsLimitCrossesNoBus() {
        for (int i = 0; i < 30; i++) {
            asks(0, 1);
        }

        assertThat(shares(0).wanted("n0")).isEmpty();
    }

    private long admittedAt(int node) {
        long admitted = 0;
        while (asks(node, 1)) {
            admitted++;
        }
        return admitted;
    }

    private boolean asks(int node, long amount) {
        return shares(node).take("r", amount, LIMIT, WINDOW) == 0;
    }

    private RateShares shares(int node) {
        return nodes.get(node);
    }

    private void join(int count) {
        nodes.clear();
        for (int i = 0; i < count; i++) {
            var shares = new RateShares(new RateCounters(() -> now), new RatePeers(() -> now), () -> now);
            shares.peers().named("n" + i);
            nodes.add(shares);
        }
        announce();
    }

    /** Time goes on; each 100 ms wants and loans travel, and each second presence does. */
    private void pass(long millis) {
        for (long until = now + millis; now < until; ) {
            long step = Math.min(until - now, RateShares.EAGER_MILLIS - now % RateShares.EAGER_MILLIS);
            now += step;
            if (now % 1_000 == 0) {
                announce();
            }
            if (now % RateShares.EAGER_MILLIS == 0) {
                exchange();
            }
        }
    }

    private void announce() {
        for (int from = 0; from < nodes.size(); from++) {
            for (int to = 0; to < nodes.size(); to++) {
                if (from != to && reaches.test(from, to)) {
                    shares(to)
                            .peers()
                            .hear(new NodePresent(
                                    "n" + from, List.of(Role.INGRESS), ConfigVersion.NONE, "", "", "test"));
                }
            }
        }
    }

    private void exchange() {
        for (int from = 0; from < nodes.size(); from++) {
            int borrower = from;
            shares(from).wanted("n" + from).ifPresent(wanted -> ask(borrower, wanted));
        }
    }

    private void ask(int from, RatesWanted wanted) {
        for (int to = 0; to < nodes.size(); to++) {
            if (to != from && reaches.test(from, to)) {
                RatesLent lent = shares(to).lend(wanted, "n" + to);
                if (reaches.test(to, from)) {
                    shares(from).borrow(lent);
                }
            }
        }
    }
}

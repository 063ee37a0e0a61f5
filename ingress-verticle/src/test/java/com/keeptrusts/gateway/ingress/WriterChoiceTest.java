package com.keeptrusts.gateway.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import com.keeptrusts.gateway.contract.PresenceEvent.WorkerPresent;
import com.keeptrusts.gateway.contract.Role;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class WriterChoiceTest {

    private static final int REQUESTS = 10_000;

    private final Random random = new Random(5);

    @Test
    void theWriterOfTheOwnNodeComesFirst() {
        Worker near = writer("here");
        List<Worker> live = List.of(writer("there"), near, writer("elsewhere"));

        assertThat(requests())
                .allSatisfy(request -> assertThat(
                                WriterChoice.order("here", request, live).getFirst())
                        .isSameAs(near));
    }

    @Test
    void aWriterThatIsDoubtedComesLastUntilItAnswersAProbe() {
        Worker near = writer("here");
        List<Worker> live = List.of(near, writer("there"), writer("elsewhere"));

        near.doubt();
        assertThat(requests())
                .allSatisfy(request -> assertThat(
                                WriterChoice.order("here", request, live).getLast())
                        .isSameAs(near));

        near.probed(1, 2);
        assertThat(requests())
                .allSatisfy(request -> assertThat(
                                WriterChoice.order("here", request, live).getFirst())
                        .isSameAs(near));
    }

    @Test
    void withoutOneOnTheOwnNodeEachGetsItsShare() {
        for (int round = 0; round < 20; round++) {
            List<Worker> live = writers(2 + round % 4);

            Map<Worker, Long> shares = requests().stream()
                    .collect(Collectors.groupingBy(
                            request -> WriterChoice.order("here", request, live).getFirst(), Collectors.counting()));

            double fair = (double) REQUESTS / live.size();
            assertThat(shares).hasSize(live.size());
            assertThat(shares.values())
                    .allSatisfy(share -> assertThat(share / fair).isBetween(0.9, 1.1));
        }
    }

    @Test
    void everyNodeChoosesAlikeInWhateverOrderItHearsOfThem() {
        List<Worker> live = writers(4);

        assertThat(requests())
                .allSatisfy(request -> assertThat(WriterChoice.order("door-1", request, live.reversed()))
                        .isEqualTo(WriterChoice.order("door-2", request, live)));
    }

    @Test
    void whenOneIsLostOnlyItsOwnRequestsMove() {
        List<Worker> live = writers(4);
        Worker lost = live.get(2);
        List<Worker> left = live.stream().filter(writer -> writer != lost).toList();

        Map<String, Worker> before = requests().stream()
                .collect(Collectors.toMap(
                        Function.identity(),
                        request -> WriterChoice.order("here", request, live).getFirst()));

        assertThat(before)
                .allSatisfy((request, first) -> assertThat(first == lost
                                || WriterChoice.order("here", request, left).getFirst() == first)
                        .isTrue());
    }

    private List<Worker> writers(int count) {
        return IntStream.range(0, count).mapToObj(n -> writer("n" + n)).toList();
    }

    private Worker writer(String node) {
        String address = "audit." + new UUID(random.nextLong(), random.nextLong());
        return new Worker(new WorkerPresent(address, Role.AUDIT, "audit", node, 100, 0, 0, 0, 0, "", "test"), 0);
    }

    /** As the gateway makes them: they differ in their last digits and in few bits of the first. */
    private static List<String> requests() {
        var ids = new TimeOrderedIds();
        return Stream.generate(ids::next).limit(REQUESTS).toList();
    }
}

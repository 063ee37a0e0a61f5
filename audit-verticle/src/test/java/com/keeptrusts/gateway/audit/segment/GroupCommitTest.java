package com.keeptrusts.gateway.audit.segment;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import com.keeptrusts.gateway.contract.AppendAnswer;
import com.keeptrusts.gateway.contract.AuditEntry;
import com.keeptrusts.gateway.contract.Bytes;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class GroupCommitTest {

    private static final Duration LONG = Duration.ofSeconds(30);

    @Test
    void callsThatComeOneByOneDoNotWaitForTheWindow() throws Exception {
        var store = new Counting(new CountDownLatch(0));
        try (GroupCommit commit = commit(store, LONG)) {
            for (int i = 0; i < 5; i++) {
                append(commit, 1).get(10, SECONDS);
            }
        }

        assertThat(store.groups).containsExactly(1, 1, 1, 1, 1);
    }

    @Test
    void behindACrowdTheWindowGathersTheNextGroup() throws Exception {
        var gate = new CountDownLatch(1);
        var store = new Counting(gate);
        try (GroupCommit commit = commit(store, Duration.ofSeconds(1))) {
            CompletableFuture<AppendAnswer> first = append(commit, 1);
            store.begun.get(10, SECONDS);
            var crowd = allOf(append(commit, 1), append(commit, 1), append(commit, 1));
            gate.countDown();
            first.get(10, SECONDS);
            crowd.get(10, SECONDS);
            allOf(append(commit, 2), append(commit, 1)).get(10, SECONDS);
        }

        assertThat(store.groups).containsExactly(1, 3, 2);
    }

    private static CompletableFuture<Void> allOf(CompletableFuture<?>... answers) {
        return CompletableFuture.allOf(answers);
    }

    private static GroupCommit commit(Counting store, Duration window) {
        return new GroupCommit(store, window, new CommitMeters(new SimpleMeterRegistry(), "test", "w"), Runnable::run);
    }

    private static CompletableFuture<AppendAnswer> append(GroupCommit commit, int entries) {
        var answer = new CompletableFuture<AppendAnswer>();
        var entry = new AuditEntry("e", "r", "test", Bytes.utf8("{}"));
        commit.append(Collections.nCopies(entries, entry), LONG, answer::complete);
        return answer;
    }

    /** Remembers how many calls came together; the first commit waits for the gate. */
    private static final class Counting implements GroupCommit.Store {
        private final List<Integer> groups = Collections.synchronizedList(new ArrayList<>());
        private final CompletableFuture<Void> begun = new CompletableFuture<>();
        private final CountDownLatch gate;

        Counting(CountDownLatch gate) {
            this.gate = gate;
        }

        @Override
        public String name() {
            return "counting";
        }

        @Override
        public List<AppendAnswer> commit(List<List<AuditEntry>> calls) {
            groups.add(calls.size());
            begun.complete(null);
            try {
                gate.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return calls.stream()
                    .<AppendAnswer>map(call -> new AppendAnswer.Appended("counting", 0, 1, Bytes.EMPTY))
                    .toList();
        }
    }
}

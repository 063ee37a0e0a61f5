package com.keeptrusts.gateway.node.reload;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import com.keeptrusts.gateway.contract.Bus;
import com.keeptrusts.gateway.contract.ConfigVersion;
import com.keeptrusts.gateway.contract.NodeEvent.NodePresent;
import com.keeptrusts.gateway.contract.Role;
import com.keeptrusts.gateway.node.config.InvalidConfigException;
import com.keeptrusts.gateway.node.reload.Reload.Done;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(VertxExtension.class)
class ReloadTest {

    @TempDir
    private Path folder;

    private Vertx vertx;
    private FakeNode a;
    private FakeNode b;
    private FakeNode c;
    private final List<FakeNode> nodes = new ArrayList<>();

    @BeforeEach
    void startNodes(Vertx found) throws Exception {
        vertx = found;
        Bus.prepare(vertx);
        a = FakeNode.start(vertx, folder, "a", "first");
        b = FakeNode.start(vertx, folder, "b", "first");
        c = FakeNode.start(vertx, folder, "c", "first");
        nodes.addAll(List.of(a, b, c));
    }

    @Test
    void allNodesRunWhatTheFilesOfOneSay() throws Exception {
        Reload reload = ofB();
        String before = b.held().version().digest();
        b.writes("second");

        Done done = reload.run().await(20, SECONDS);

        assertThat(done.nodes()).containsExactly("a", "b", "c");
        assertThat(done.pending()).isEmpty();
        assertThat(nodes).allSatisfy(node -> {
            assertThat(node.runs()).isEqualTo("second");
            assertThat(node.held().version()).isEqualTo(done.version());
            assertThat(node.held().superseded()).containsExactly(before);
        });
        assertThat(done.version().number()).isEqualTo(1);
    }

    @Test
    void oneObjectionLeavesAllAsTheyWere() throws Exception {
        Reload reload = ofB();
        b.writes("second");
        c.refuses = "second";

        assertThatThrownBy(() -> reload.run().await(20, SECONDS))
                .asInstanceOf(type(RefusedReloadException.class))
                .satisfies(refused -> assertThat(refused.busy()).isFalse())
                .satisfies(refused -> assertThat(refused).hasMessage("node c: policy.audit-logger.immutable: no"));

        assertThat(nodes).allSatisfy(node -> {
            assertThat(node.runs()).isEqualTo("first");
            assertThat(node.rejections)
                    .singleElement()
                    .asString()
                    .endsWith("c=immutable_latch@policy.audit-logger.immutable");
        });
    }

    @Test
    void afterARefusalTheNextReloadIsConsideredAtOnce() throws Exception {
        Reload reload = ofB();
        b.writes("second");
        c.refuses = "second";
        assertThatThrownBy(() -> reload.run().await(20, SECONDS)).isInstanceOf(RefusedReloadException.class);
        b.writes("third");

        reload.run().await(20, SECONDS);

        assertThat(nodes).allSatisfy(node -> assertThat(node.runs()).isEqualTo("third"));
    }

    @Test
    void aMemberThatDoesNotAnswerLeavesAllAsTheyWere() throws Exception {
        b.joins(nodes);
        Reload reload = a.joins(nodes); // c is a member, was heard, and answers nothing
        a.board().hear(new NodePresent("c", List.of(Role.INGRESS), ConfigVersion.NONE, "", "", "test"));
        a.writes("second");

        assertThatThrownBy(() -> reload.run().await(20, SECONDS)).hasMessageStartingWith("node c: does not answer");

        assertThat(List.of(a, b)).allSatisfy(node -> assertThat(node.runs()).isEqualTo("first"));
    }

    @Test
    void aMemberThatStillStartsIsNotWaitedForAndCatchesUp() throws Exception {
        b.joins(nodes);
        Reload reload = a.joins(nodes);
        a.writes("second");

        assertThat(reload.run().await(20, SECONDS).pending()).containsExactly("c");

        c.joins(nodes);
        a.listens();
        c.listens();
        until(() -> c.runs().equals("second"));
    }

    @Test
    void filesThatAreInvalidAreRefusedAndRecordedEverywhere() throws Exception {
        Reload reload = ofB();
        b.writesText("pack: {name: x, version: 1.0.0}\npolicies: {chain: [pii-detectr]}\nproviders: {}\n");

        assertThatThrownBy(() -> reload.run().await(20, SECONDS)).isInstanceOf(InvalidConfigException.class);

        assertThat(nodes).allSatisfy(node -> {
            assertThat(node.runs()).isEqualTo("first");
            assertThat(node.rejections).singleElement().asString().matches("[0-9a-f]{64} b=.*policies.chain.*");
        });
    }

    @Test
    void ofTwoReloadsBegunAtOnceOneWinsEverywhereAndTheOtherSaysThatItIsBusy() throws Exception {
        Reload ofA = a.joins(nodes);
        b.joins(nodes);
        Reload ofC = c.joins(nodes);
        for (int round = 0; round < 10; round++) {
            a.writes("from-a-" + round);
            c.writes("from-c-" + round);

            Future<Done> first = ofA.run();
            Future<Done> second = ofC.run();
            Future.join(first, second).transform(_ -> Future.succeededFuture()).await(20, SECONDS);

            String winner = first.succeeded() ? "from-a-" + round : "from-c-" + round;
            assertThat(nodes).allSatisfy(node -> assertThat(node.runs()).startsWith("from-"));
            assertThat(nodes)
                    .extracting(FakeNode::runs)
                    .containsOnly(nodes.getFirst().runs());
            if (first.succeeded() != second.succeeded()) {
                assertThat(a.runs()).isEqualTo(winner);
                assertThat((first.succeeded() ? second : first).cause())
                        .asInstanceOf(type(RefusedReloadException.class))
                        .satisfies(refused -> assertThat(refused.busy()).isTrue());
            }
        }
    }

    @Test
    void aNodeThatCannotDoWhatItAgreedToIsNamedAndCatchesUp() throws Exception {
        Reload reload = ofB();
        c.failsToActivate = true;
        b.writes("second");

        assertThat(reload.run().await(20, SECONDS).pending()).containsExactly("c");

        c.failsToActivate = false;
        b.listens();
        c.listens();
        until(() -> c.runs().equals("second"));
    }

    @Test
    void aNodeThatMissedAReloadCatchesUpWhenItHearsOfIt() throws Exception {
        a.joins(List.of(a, b));
        Reload reload = b.joins(List.of(a, b));
        b.writes("second");
        reload.run().await(20, SECONDS);
        c.joins(nodes);
        assertThat(c.runs()).isEqualTo("first");

        a.listens();
        c.listens();

        until(() -> c.runs().equals("second"));
        assertThat(c.held().version()).isEqualTo(b.held().version());
        until(() -> c.board().differences("c").isEmpty() && c.board().present().size() == 2);
    }

    @Test
    void twoSidesOfASplitThatBothReloadedAgreeWhenTheyMeet() throws Exception {
        Reload left = a.joins(List.of(a, b));
        b.joins(List.of(a, b));
        Reload right = c.joins(List.of(c));
        a.writes("left");
        c.writes("right");
        left.run().await(20, SECONDS);
        right.run().await(20, SECONDS);
        assertThat(nodes).extracting(FakeNode::runs).containsExactly("left", "left", "right");
        boolean rightWins = VersionOrder.supersedes(c.held().version(), a.held().version(), true);

        for (FakeNode node : nodes) {
            node.listens();
        }

        String winner = rightWins ? "right" : "left";
        until(() -> nodes.stream().allMatch(node -> node.runs().equals(winner)));
        assertThat(nodes)
                .extracting(node -> node.held().version())
                .containsOnly(a.held().version());
    }

    @Test
    void aNodeThatCannotCatchUpSaysWhy() throws Exception {
        Reload reload = a.joins(List.of(a));
        a.writes("second");
        reload.run().await(20, SECONDS);
        c.refuses = "second";
        c.joins(nodes);

        a.listens();
        c.listens();

        until(() -> !a.board().differences("a").isEmpty()
                && a.board().differences("a").getFirst().endsWith("policy.audit-logger.immutable: no"));
        assertThat(c.runs()).isEqualTo("first");
    }

    private Reload ofB() throws Exception {
        a.joins(nodes);
        Reload reload = b.joins(nodes);
        c.joins(nodes);
        return reload;
    }

    private void until(BooleanSupplier happened) throws Exception {
        Future<Void> asked = look(happened);
        asked.await(20, SECONDS);
    }

    private Future<Void> look(BooleanSupplier happened) {
        return happened.getAsBoolean()
                ? Future.succeededFuture()
                : vertx.timer(20).compose(_ -> look(happened));
    }
}

package com.keeptrusts.gateway.ingress;

import static java.util.concurrent.TimeUnit.SECONDS;

import com.keeptrusts.gateway.contract.Address;
import com.keeptrusts.gateway.contract.Bus;
import com.keeptrusts.gateway.contract.Coverage;
import com.keeptrusts.gateway.contract.Decision;
import com.keeptrusts.gateway.contract.Edit;
import com.keeptrusts.gateway.contract.PolicyCall;
import com.keeptrusts.gateway.contract.PolicyVerdict;
import com.keeptrusts.gateway.contract.PolicyVerdicts;
import com.keeptrusts.gateway.contract.Presence;
import com.keeptrusts.gateway.contract.PresenceEvent.WorkerPresent;
import com.keeptrusts.gateway.contract.Role;
import com.keeptrusts.gateway.contract.StreamOpened;
import com.keeptrusts.gateway.contract.StreamReleased;
import com.keeptrusts.gateway.contract.StreamText;
import com.keeptrusts.gateway.contract.TextPart;
import com.keeptrusts.gateway.contract.UserText;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A policy worker that judges as a test tells it, on the real bus. */
final class FakePolicy {

    final BlockingQueue<PolicyCall> calls = new LinkedBlockingQueue<>();
    final BlockingQueue<StreamText> pieces = new LinkedBlockingQueue<>();

    private final String kind;
    private final String address;
    private volatile Function<PolicyCall, Future<PolicyVerdicts>> judge;
    private volatile Function<StreamText, Future<StreamReleased>> reviewer =
            _ -> Future.failedFuture("no stream was expected");

    private FakePolicy(String kind, String address) {
        this.kind = kind;
        this.address = address;
        this.judge = _ -> decided(new Decision.Allow());
    }

    static FakePolicy start(Vertx vertx, String kind, String node, int n) throws Exception {
        Bus bus = Bus.of(vertx);
        var policy = new FakePolicy(kind, Address.policyWorker(kind, node, n));
        bus.answer(Address.ofPolicy(policy.address), policy::review).await(5, SECONDS);
        bus.answer(Address.ofStreamOpen(policy.address), _ -> Future.succeededFuture(new StreamOpened(policy.address)))
                .await(5, SECONDS);
        bus.answer(Address.ofStreamText(policy.address), policy::piece).await(5, SECONDS);
        bus.listen(Address.ofStreamClose(policy.address), _ -> {}).await(5, SECONDS);
        policy.announce(vertx, node, 0);
        return policy;
    }

    /** One that judges requests and is gone when it is to review an answer; less busy than it says. */
    static void startsAndDies(Vertx vertx, String kind, String node) throws Exception {
        var policy = new FakePolicy(kind, Address.policyWorker(kind, node, 0));
        Bus.of(vertx).answer(Address.ofPolicy(policy.address), policy::review).await(5, SECONDS);
        policy.announce(vertx, node, -10);
    }

    private void announce(Vertx vertx, String node, int outstanding) {
        Presence.announce(
                vertx,
                () -> new WorkerPresent(address, Role.POLICY, kind, node, 100, outstanding, 0, 0, 0, "", "test"));
    }

    void decides(Decision decision) {
        judge = _ -> decided(decision);
    }

    void judges(Function<PolicyCall, Future<PolicyVerdicts>> how) {
        judge = how;
    }

    void reviews(Function<StreamText, Future<StreamReleased>> how) {
        reviewer = how;
    }

    /** Allows, and tells of one finding of each category. */
    void finds(String... categories) {
        Map<String, Integer> found = Arrays.stream(categories).collect(Collectors.toMap(name -> name, _ -> 1));
        var coverage = new Coverage(1, 1, 2, 2);
        var allow = new Decision.Allow();
        judge = _ -> Future.succeededFuture(new PolicyVerdicts(List.of(
                new PolicyVerdict(kind, "settings-of-" + kind, address, allow, "because", 0, coverage, found, 5))));
    }

    /** Replaces a word wherever it stands in a text. */
    void replaces(String word, String marker) {
        judge = call -> {
            List<Edit> edits = new ArrayList<>();
            for (TextPart part : call.texts()) {
                String text = part.text().value();
                for (int at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + word.length())) {
                    edits.add(new Edit(part.id(), at, at + word.length(), "WORD", new UserText(marker)));
                }
            }
            return decided(edits.isEmpty() ? new Decision.Allow() : new Decision.Redact(edits, false));
        };
    }

    Future<PolicyVerdicts> decided(Decision decision) {
        return Future.succeededFuture(new PolicyVerdicts(List.of(verdict(decision))));
    }

    PolicyVerdict verdict(Decision decision) {
        return new PolicyVerdict(
                kind, "settings-of-" + kind, address, decision, "because", 0, new Coverage(1, 1, 2, 2), Map.of(), 5);
    }

    PolicyCall call() throws InterruptedException {
        PolicyCall call = calls.poll(5, SECONDS);
        if (call == null) {
            throw new AssertionError("the policy was not asked");
        }
        return call;
    }

    private Future<PolicyVerdicts> review(PolicyCall call) {
        calls.add(call);
        return judge.apply(call);
    }

    private Future<StreamReleased> piece(StreamText piece) {
        pieces.add(piece);
        return reviewer.apply(piece);
    }
}

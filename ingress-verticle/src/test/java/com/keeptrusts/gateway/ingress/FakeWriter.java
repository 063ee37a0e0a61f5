package com.keeptrusts.gateway.ingress;

import static java.util.concurrent.TimeUnit.SECONDS;

import com.keeptrusts.gateway.contract.Address;
import com.keeptrusts.gateway.contract.AppendAnswer;
import com.keeptrusts.gateway.contract.AppendAnswer.AppendRefused;
import com.keeptrusts.gateway.contract.AppendAnswer.Appended;
import com.keeptrusts.gateway.contract.AppendEntries;
import com.keeptrusts.gateway.contract.AuditEntry;
import com.keeptrusts.gateway.contract.Bus;
import com.keeptrusts.gateway.contract.Bytes;
import com.keeptrusts.gateway.contract.Presence;
import com.keeptrusts.gateway.contract.PresenceEvent.WorkerPresent;
import com.keeptrusts.gateway.contract.Role;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Predicate;

/** An audit writer that keeps what it is given, each id once, on the real bus; a test may make it slow, deaf or unwilling. */
final class FakeWriter {

    final BlockingQueue<AppendEntries> asked = new LinkedBlockingQueue<>();
    final BlockingQueue<AuditEntry> entries = new LinkedBlockingQueue<>();

    private final Set<String> known = ConcurrentHashMap.newKeySet();
    private final String address;
    private volatile Predicate<AuditEntry> hears = _ -> true;
    private volatile boolean refuses;

    private FakeWriter(String address) {
        this.address = address;
    }

    static FakeWriter start(Vertx vertx, String node, String id) throws Exception {
        Bus bus = Bus.of(vertx);
        var writer = new FakeWriter(Address.auditWriter(id));
        bus.answer(Address.ofAudit(writer.address), writer::append).await(5, SECONDS);
        Presence.announce(
                vertx, () -> new WorkerPresent(writer.address, Role.AUDIT, "audit", node, 100, 0, 0, 0, 0, "", "test"));
        return writer;
    }

    /** Answers only about entries like these. */
    void hears(Predicate<AuditEntry> which) {
        hears = which;
    }

    void refuses() {
        refuses = true;
    }

    JsonObject entry(String type) throws InterruptedException {
        AuditEntry entry = entries.poll(5, SECONDS);
        if (entry == null) {
            throw new AssertionError("no entry came");
        }
        if (!entry.type().equals(type)) {
            throw new AssertionError(entry.type() + " came");
        }
        return new JsonObject(entry.leaf().toUtf8());
    }

    private Future<AppendAnswer> append(AppendEntries question) {
        asked.add(question);
        if (refuses) {
            return Future.succeededFuture(new AppendRefused(address, "disk_full"));
        }
        if (!question.entries().stream().allMatch(hears)) {
            return Promise.<AppendAnswer>promise().future();
        }
        question.entries().stream().filter(entry -> known.add(entry.id())).forEach(entries::add);
        return Future.succeededFuture(new Appended(address, 0, entries.size(), Bytes.EMPTY));
    }
}

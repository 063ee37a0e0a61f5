package com.keeptrusts.gateway.audit.witness;

import com.keeptrusts.gateway.contract.Address;
import com.keeptrusts.gateway.contract.Bus;
import com.keeptrusts.gateway.contract.Deadline;
import com.keeptrusts.gateway.contract.Witnessed;
import com.keeptrusts.gateway.contract.WitnessedCall;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What the other writers remember of a log whose writer starts.
 *
 * @param checkpoints signed notes
 * @param ended requests that the log left open and that have ended elsewhere
 */
public record Recollection(List<String> checkpoints, List<String> ended) {

    public static final Recollection NONE = new Recollection(List.of(), List.of());

    private static final Duration LIMIT = Duration.ofSeconds(2);

    public Recollection {
        checkpoints = List.copyOf(checkpoints);
        ended = List.copyOf(ended);
    }

    /** Asks all of them at once; who does not answer within two seconds is not waited for. Never fails. */
    public static Future<Recollection> of(Vertx vertx, List<String> writers, String node, String origin, String self) {
        Bus bus = Bus.of(vertx);
        var question = new WitnessedCall(Deadline.in(node, LIMIT.toMillis()), origin, self);
        List<Future<Witnessed>> asked = writers.stream()
                .map(writer -> bus.ask(Address.ofWitnessed(writer), question, LIMIT))
                .toList();
        return Future.join(asked).transform(_ -> Future.succeededFuture(together(asked)));
    }

    private static Recollection together(List<Future<Witnessed>> asked) {
        List<String> checkpoints = new ArrayList<>();
        List<String> ended = new ArrayList<>();
        for (Future<Witnessed> one : asked) {
            if (one.succeeded()) {
                checkpoints.add(one.result().checkpoint());
                ended.addAll(one.result().ended());
            }
        }
        checkpoints.removeIf(String::isEmpty);
        return new Recollection(checkpoints, ended);
    }
}

package com.keeptrusts.gateway.policy;

import com.keeptrusts.gateway.contract.Address;
import com.keeptrusts.gateway.contract.Bus;
import com.keeptrusts.gateway.contract.CallAnswer;
import com.keeptrusts.gateway.contract.Cancel;
import com.keeptrusts.gateway.contract.CompletionCall;
import com.keeptrusts.gateway.contract.CompletionEvent;
import com.keeptrusts.gateway.contract.Deadline;
import com.keeptrusts.gateway.contract.Endpoint;
import com.keeptrusts.gateway.contract.PresenceEvent;
import com.keeptrusts.gateway.contract.PresenceEvent.WorkerPresent;
import com.keeptrusts.gateway.contract.Registration;
import com.keeptrusts.gateway.contract.Role;
import com.keeptrusts.gateway.contract.Window;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Asks models through the provider workers of the cluster, for one policy worker; on its context. At most sixteen
 * questions at a time; a question beyond them, and one that is not answered in time, fails.
 */
final class ModelQuestions {

    private static final int MOST = 16;
    private static final long LIVE_NANOS = 3_500_000_000L;
    private static final long LARGEST_ANSWER = 64 * 1_024;

    private record Open(Promise<String> answer, String provider) {}

    private final Vertx vertx;
    private final Bus bus;
    private final String node;
    private final String address;
    private final Map<String, WorkerPresent> providers = new HashMap<>();
    private final Map<String, Long> heard = new HashMap<>();
    private final Map<String, Open> open = new HashMap<>();
    private long asked;

    ModelQuestions(Vertx vertx, String node, String worker) {
        this.vertx = vertx;
        this.bus = Bus.of(vertx);
        this.node = node;
        this.address = worker + ".opinions";
    }

    /** Completes when providers are heard and answers can arrive. */
    Future<List<Registration>> listen() {
        Future<Registration> presence = bus.listen(Address.PRESENCE, this::hear);
        Future<Registration> answers = bus.listen(Address.ofIngress(address), this::accept);
        return Future.all(presence, answers).map(_ -> List.of(presence.result(), answers.result()));
    }

    /** The text of the answer; fails when there is none within its limit, or within {@code leftMillis}. */
    Future<String> ask(String requestId, SecondOpinion opinion, long leftMillis) {
        String provider = provider();
        if (provider == null || open.size() >= MOST) {
            return Future.failedFuture(provider == null ? "no provider is live" : "too many questions");
        }
        asked++;
        String id = requestId + "-opinion-" + asked;
        Promise<String> answer = Promise.promise();
        open.put(id, new Open(answer, provider));
        long limit = Math.clamp(opinion.limit().toMillis(), 1, Math.max(1, leftMillis));
        long timer = vertx.setTimer(limit, _ -> giveUp(id, "no answer within " + limit + " ms"));
        bus.ask(Address.ofProvider(provider), call(id, opinion, limit), Duration.ofMillis(limit))
                .onSuccess(taken -> {
                    if (taken instanceof CallAnswer.CallRefused) {
                        settle(id).fail("refused");
                    }
                })
                .onFailure(cause -> settle(id).fail(cause));
        return answer.future().onComplete(_ -> {
            vertx.cancelTimer(timer);
            open.remove(id);
        });
    }

    private CompletionCall call(String id, SecondOpinion opinion, long limit) {
        return new CompletionCall(
                id,
                0,
                Deadline.in(node, limit),
                limit,
                address,
                Endpoint.CHAT_COMPLETIONS,
                opinion.providerDigest(),
                opinion.model(),
                false,
                false,
                false,
                List.of(),
                opinion.body(),
                Window.INITIAL,
                LARGEST_ANSWER);
    }

    private void giveUp(String id, String cause) {
        Open one = open.get(id);
        if (one != null) {
            bus.tell(Address.ofCancel(one.provider()), new Cancel(id, 0, "deadline"));
            settle(id).fail(cause);
        }
    }

    private void accept(CompletionEvent event) {
        switch (event) {
            case CompletionEvent.CompletionStarted _ -> {} // its body follows
            case CompletionEvent.CompletionFrame frame -> {
                String said = content(frame.bytes().toUtf8());
                if (said == null) {
                    settle(event.requestId()).fail("no chat completion");
                } else {
                    settle(event.requestId()).complete(said);
                }
            }
            case CompletionEvent.CompletionFailed _ -> settle(event.requestId()).fail("the model call failed");
        }
    }

    /** What the first choice says; null when it says nothing. */
    private static @Nullable String content(String body) {
        try {
            JsonArray choices = new JsonObject(body).getJsonArray("choices", new JsonArray());
            JsonObject message =
                    choices.isEmpty() ? null : choices.getJsonObject(0).getJsonObject("message");
            return message == null ? null : message.getString("content");
        } catch (DecodeException | ClassCastException _) {
            return null;
        }
    }

    private Settling settle(String id) {
        return new Settling(open.get(id));
    }

    /** An answer that may have been given before. */
    private record Settling(@Nullable Open one) {

        void complete(String said) {
            if (one != null) {
                one.answer().tryComplete(said);
            }
        }

        void fail(String cause) {
            if (one != null) {
                one.answer().tryFail(cause);
            }
        }

        void fail(Throwable cause) {
            if (one != null) {
                one.answer().tryFail(cause);
            }
        }
    }

    private void hear(PresenceEvent event) {
        if (event instanceof WorkerPresent present && present.role() == Role.PROVIDER) {
            providers.put(present.address(), present);
            heard.put(present.address(), System.nanoTime());
        } else if (event instanceof PresenceEvent.WorkerLeaving leaving) {
            providers.remove(leaving.address());
            heard.remove(leaving.address());
        }
    }

    /** A live provider worker, on this node if there is one; null when none is live. */
    private @Nullable String provider() {
        long now = System.nanoTime();
        heard.values().removeIf(at -> now - at > LIVE_NANOS);
        providers.keySet().retainAll(heard.keySet());
        List<WorkerPresent> near = new ArrayList<>(providers.values());
        if (near.stream().anyMatch(one -> one.node().equals(node))) {
            near.removeIf(one -> !one.node().equals(node));
        }
        return near.isEmpty()
                ? null
                : near.get(ThreadLocalRandom.current().nextInt(near.size())).address();
    }
}

package com.keeptrusts.gateway.contract;

import com.keeptrusts.gateway.contract.BusException.Reason;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The event bus, typed. Delivery is at most once: every ask has a limit and fails with a {@link BusException}. Handlers
 * run on the context that registered them; two messages from one sender to one address arrive in the order sent.
 */
public final class Bus {

    private static final Logger LOG = LoggerFactory.getLogger(Bus.class);
    private static final LongAdder STALE_DROPPED = new LongAdder();
    private static final long TICK_MILLIS = 100;

    /** Failure codes of a reply, as they cross the wire. */
    private static final int FAILED = 1;

    private static final int MALFORMED = 2;

    private final Vertx vertx;
    private final EventBus eventBus;

    private Bus(Vertx vertx) {
        this.vertx = vertx;
        this.eventBus = vertx.eventBus();
    }

    /** Teaches a Vert.x instance the codec; once per instance, before the first message. */
    public static void prepare(Vertx vertx) {
        vertx.eventBus().registerCodec(new WireCodec());
    }

    public static Bus of(Vertx vertx) {
        return new Bus(vertx);
    }

    /** How many questions this process has dropped because they were dequeued after their deadline. */
    public static long staleDropped() {
        return STALE_DROPPED.sum();
    }

    public <Q extends BusMessage, A extends BusMessage> Future<A> ask(
            Address<Q, A> address, Q question, Duration limit) {
        DeliveryOptions options = options().setSendTimeout(Math.max(1, limit.toMillis()));
        return eventBus.<BusMessage>request(address.name(), question, options)
                .transform(reply -> reply.succeeded()
                        ? read(address, reply.result(), address.answerType())
                        : Future.failedFuture(reason(address.name(), reply.cause())));
    }

    /**
     * Completes when whoever answers at an address has shown that it runs and can be reached; fails with a
     * {@link BusException} when it has not within the limit.
     */
    public Future<Void> probe(String address, String askingNode, Duration limit) {
        DeliveryOptions options = options().setSendTimeout(Math.max(1, limit.toMillis()));
        return eventBus.<BusMessage>request(address, new Probe(askingNode), options)
                .transform(reply -> reply.succeeded() || spoke(reply.cause())
                        ? Future.succeededFuture()
                        : Future.failedFuture(reason(address, reply.cause())));
    }

    /** One that does not know what a probe is says so, and thereby answers it. */
    private static boolean spoke(Throwable cause) {
        return cause instanceof ReplyException failed && failed.failureType() == ReplyFailure.RECIPIENT_FAILURE;
    }

    /** Sends without an answer; whether it arrived is not known. */
    public <Q extends BusMessage> void tell(Address<Q, ?> address, Q message) {
        eventBus.send(address.name(), message, options());
    }

    /** Sends to every listener of the address. */
    public <Q extends BusMessage> void publish(Address<Q, ?> address, Q message) {
        eventBus.publish(address.name(), message, options());
    }

    /** Completes when every node can reach the answerer. Late questions are dropped unanswered. */
    public <Q extends BusMessage, A extends BusMessage> Future<Registration> answer(
            Address<Q, A> address, Function<Q, Future<A>> answerer) {
        var gate = new Gate();
        return register(eventBus.consumer(address.name()), gate, message -> {
            Q question = question(address, message, gate);
            if (question != null && gate.admits(question)) {
                answer(message, question, answerer);
            }
        });
    }

    /** Completes when every node can reach the listener. */
    public <Q extends BusMessage> Future<Registration> listen(Address<Q, ?> address, Consumer<Q> listener) {
        var gate = new Gate();
        return register(eventBus.consumer(address.name()), gate, message -> {
            Q question = question(address, message, gate);
            if (question != null && gate.admits(question)) {
                listener.accept(question);
            }
        });
    }

    private Future<Registration> register(
            MessageConsumer<BusMessage> consumer, Gate gate, Consumer<Message<BusMessage>> handler) {
        consumer.handler(handler::accept);
        long timer = vertx.setPeriodic(TICK_MILLIS, _ -> gate.lateness.tick());
        return consumer.completion().map(_ -> () -> {
            vertx.cancelTimer(timer);
            return consumer.unregister();
        });
    }

    private static <Q extends BusMessage, A extends BusMessage> void answer(
            Message<BusMessage> message, Q question, Function<Q, Future<A>> answerer) {
        Future<A> answer;
        try {
            answer = answerer.apply(question);
        } catch (RuntimeException e) {
            answer = Future.failedFuture(e);
        }
        answer.onComplete(done -> {
            if (done.succeeded()) {
                message.reply(done.result(), options());
            } else {
                LOG.error("{} was not answered: {}", question.getClass().getSimpleName(), place(done.cause()));
                message.fail(FAILED, Reason.FAILED.name());
            }
        });
    }

    private static <Q extends BusMessage> @Nullable Q question(
            Address<Q, ?> address, Message<BusMessage> message, Gate gate) {
        try {
            BusMessage body = message.body();
            if (body instanceof Probe) {
                message.reply(new ProbeAnswered(address.name()), options());
                return null;
            }
            return address.questionType().cast(body);
        } catch (WireFormatException | ClassCastException e) {
            gate.unread(address.name(), String.valueOf(e.getMessage()));
            message.fail(MALFORMED, Reason.MALFORMED.name());
            return null;
        }
    }

    private static <A extends BusMessage> Future<A> read(
            Address<?, A> address, Message<BusMessage> message, Class<A> type) {
        try {
            return Future.succeededFuture(type.cast(message.body()));
        } catch (WireFormatException | ClassCastException e) {
            return Future.failedFuture(new BusException(Reason.MALFORMED, address.name()));
        }
    }

    private static BusException reason(String address, Throwable cause) {
        Reason reason = Reason.NO_ONE_THERE; // also what an unreachable node comes to
        if (cause instanceof ReplyException failed) {
            reason = switch (failed.failureType()) {
                case TIMEOUT -> Reason.TIMEOUT;
                case NO_HANDLERS -> Reason.NO_ONE_THERE;
                case RECIPIENT_FAILURE -> failed.failureCode() == MALFORMED ? Reason.MALFORMED : Reason.FAILED;
                case ERROR -> Reason.FAILED;
            };
        }
        return new BusException(reason, address);
    }

    /** Class and origin of a surprise; not its message, which may quote what people wrote. */
    private static String place(Throwable surprise) {
        StackTraceElement[] trace = surprise.getStackTrace();
        return surprise.getClass().getName() + (trace.length == 0 ? "" : " at " + trace[0]);
    }

    private static DeliveryOptions options() {
        return new DeliveryOptions().setCodecName(WireCodec.NAME);
    }

    /** Keeps out what is dequeued too late. */
    private static final class Gate {

        private final Lateness lateness = new Lateness();
        private String complained = "";

        /** Said once, and again when it is another fault: a node of a later build may send such messages each second. */
        void unread(String address, String why) {
            if (!complained.equals(why)) {
                complained = why;
                LOG.warn("messages to {} cannot be read: {}", address, why);
            }
        }

        boolean admits(BusMessage question) {
            if (question instanceof Timed timed && lateness.expired(timed.deadline())) {
                STALE_DROPPED.increment();
                return false;
            }
            return true;
        }
    }
}

package com.keeptrusts.gateway.ingress;

import com.keeptrusts.gateway.contract.Bytes;
import com.keeptrusts.gateway.contract.Endpoint;
import com.keeptrusts.gateway.contract.ErrorCode;
import com.keeptrusts.gateway.contract.Failure;
import com.keeptrusts.gateway.contract.Phase;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes a model call from its arrival to its end: gives it its id, reads and understands the body, has it reviewed while
 * its acceptance is recorded, and hands it to the {@link Conductor}. Whatever goes wrong on the way is answered here.
 */
final class ChatCompletionHandler {

    private static final Logger LOG = LoggerFactory.getLogger(ChatCompletionHandler.class);

    /** Reading a longer body would hold the others up, so it is not done on the event loop. */
    private static final int LONG_BODY = 512 * 1024;

    private final Vertx vertx;
    private final IngressOptions options;
    private final TimeOrderedIds ids;
    private final Admission admission;
    private final Heartbeat heartbeat;
    private final PolicyChain chain;
    private final Conductor conductor;
    private final Conclusions conclusions;
    private final Attribution attribution;
    private final Journeys journeys;

    ChatCompletionHandler(
            Vertx vertx,
            IngressOptions options,
            TimeOrderedIds ids,
            Admission admission,
            Heartbeat heartbeat,
            PolicyChain chain,
            Conductor conductor,
            Conclusions conclusions,
            Attribution attribution,
            Journeys journeys) {
        this.vertx = vertx;
        this.options = options;
        this.ids = ids;
        this.admission = admission;
        this.heartbeat = heartbeat;
        this.chain = chain;
        this.conductor = conductor;
        this.conclusions = conclusions;
        this.attribution = attribution;
        this.journeys = journeys;
    }

    void handle(HttpServerRequest http, Endpoint endpoint) {
        IngressConfig config = options.current().get();
        Admission.Place place = admission.enter();
        var journey = new Journey(ids.next(), ids.next(), config, http, endpoint, place);
        journeys.begin(journey);
        http.response().closeHandler(_ -> leave(journey));
        http.response().exceptionHandler(_ -> leave(journey));
        travel(journey, place).recover(cause -> refuse(journey, cause)).onComplete(_ -> journeys.end(journey));
    }

    private Future<Void> travel(Journey journey, Admission.@Nullable Place place) {
        if (place == null) {
            return Future.failedFuture(Admission.overloaded());
        }
        try {
            checkHead(journey);
        } catch (Refused refused) {
            return Future.failedFuture(refused);
        }
        int limit = journey.config().sizeLimits().maxBodyBytes();
        return RequestBody.read(journey.http(), limit, options.timings(), heartbeat, place)
                .compose(bytes -> unpacked(journey, bytes))
                .compose(bytes -> understood(journey, bytes))
                .compose(ask -> attribution.name(journey).map(_ -> permitted(journey, ask)))
                .compose(ask -> attribution.attribute(journey).map(ask))
                .compose(ask -> reviewed(journey, ask).compose(_ -> conductor.answer(journey, ask)));
    }

    /** What can be refused before the body is read, cheapest first. */
    private void checkHead(Journey journey) {
        if (options.status().draining()) {
            throw Refused.of(ErrorCode.SHUTTING_DOWN, "This node is shutting down.");
        }
        HttpServerRequest http = journey.http();
        Caller caller = Caller.of(http, journey.config().gateway());
        journey.by(caller);
        if (!journey.config().packEnabled()) {
            throw Refused.of(ErrorCode.PACK_DISABLED, "pack.enabled: false");
        }
        BodyTypes.check(http);
        var gate = RateGate.of(options.status().rates(), journey.config(), caller, http);
        journey.through(gate);
        gate.countRequest();
    }

    private Future<byte[]> unpacked(Journey journey, byte[] bytes) {
        journey.checkPresent();
        journey.read(bytes.length);
        if (!BodyTypes.packed(journey.http())) {
            return Future.succeededFuture(bytes);
        }
        int limit = journey.config().sizeLimits().maxBodyBytes();
        return vertx.executeBlocking(() -> Inflation.gunzip(bytes, limit), false);
    }

    private Future<ModelRequest> understood(Journey journey, byte[] bytes) {
        journey.checkPresent();
        Future<ModelRequest> read = bytes.length > LONG_BODY
                ? vertx.executeBlocking(() -> ModelRequest.read(journey.endpoint(), bytes), false)
                : Future.succeededFuture(ModelRequest.read(journey.endpoint(), bytes));
        return read.map(ask -> {
            journey.asks(ask);
            return ask;
        });
    }

    private static ModelRequest permitted(Journey journey, ModelRequest ask) {
        journey.whoAsked().checkModel(ask.model());
        journey.gate().reserveTokens(TokenEstimate.of(ask));
        return ask;
    }

    /** The acceptance is being recorded while the policies review; both must be done before a provider is asked. */
    private Future<Void> reviewed(Journey journey, ModelRequest ask) {
        journey.checkPresent();
        if (journey.config().chain().isEmpty()) {
            journey.passes();
            return conclusions.accept(journey);
        }
        var texts = new EditableTexts(ask.bytes().array(), RequestTexts.of(ask).texts());
        Future<Void> accepted = conclusions.accept(journey);
        return chain.review(journey, Phase.INPUT, journey.config().chain(), texts)
                .compose(_ -> {
                    journey.passes();
                    if (texts.edited()) {
                        journey.redact(Bytes.owning(texts.spliced()));
                    }
                    return accepted;
                });
    }

    private Future<Void> refuse(Journey journey, Throwable cause) {
        if (cause instanceof Gone) {
            leave(journey);
        }
        if (journey.left()) {
            return Future.succeededFuture();
        }
        Refused refused = cause instanceof Refused known ? known : surprise(journey, cause);
        var error = new ErrorBody(refused, journey.config().gateway().blockStatus());
        if (journey.concluded()) { // it was recorded as something else, so only the recording itself can have failed
            return send(journey, error);
        }
        return conclusions
                .conclude(journey, Outcome.of(error, refused.failure().code()))
                .transform(recorded -> {
                    boolean unrecorded = recorded.cause() instanceof Refused;
                    ErrorBody told = unrecorded ? new ErrorBody((Refused) recorded.cause(), error.status()) : error;
                    return send(journey, told);
                });
    }

    private Future<Void> send(Journey journey, ErrorBody error) {
        if (journey.left()) {
            return Future.succeededFuture();
        }
        if (journey.http().response().headWritten()) {
            ClientConnections.reset(journey.http().connection());
            return Future.succeededFuture();
        }
        Reply.head(journey);
        return Reply.error(vertx, journey.http(), error, options.timings());
    }

    private static Refused surprise(Journey journey, Throwable cause) {
        LOG.error("{}: could not be completed", journey.id(), cause);
        return new Refused(Failure.of(ErrorCode.INTERNAL_ERROR, "The gateway failed on this request."));
    }

    private void leave(Journey journey) {
        if (journey.left()) {
            return;
        }
        journey.leave();
        if (!journey.concluded()) {
            var started = journey.started();
            int status = started != null && journey.http().response().headWritten() ? started.status() : 0;
            conclusions
                    .conclude(journey, Outcome.clientLeft(status, "client_disconnected"))
                    .onFailure(_ -> LOG.warn("{}: its outcome was not recorded", journey.id()));
        }
        journeys.end(journey);
    }
}

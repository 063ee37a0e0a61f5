package com.keeptrusts.gateway.ingress;

import com.keeptrusts.gateway.contract.Attempt;
import com.keeptrusts.gateway.contract.AuditEntry;
import com.keeptrusts.gateway.contract.Bytes;
import com.keeptrusts.gateway.contract.CompletionEnd;
import com.keeptrusts.gateway.contract.CompletionEvent.CompletionStarted;
import com.keeptrusts.gateway.contract.Edit;
import com.keeptrusts.gateway.contract.Endpoint;
import com.keeptrusts.gateway.contract.Header;
import com.keeptrusts.gateway.contract.Usage;
import io.vertx.core.http.HttpServerRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One request on its way: what it is, the config version it is pinned to, and all that happened to it so far, for the
 * ledger. Confined to one event loop.
 */
final class Journey {

    private final String id;
    private final String acceptedId;
    private final IngressConfig config;
    private final HttpServerRequest http;
    private final Endpoint endpoint;
    private final Admission.@Nullable Place place;
    private final long startedNanos = System.nanoTime();
    private final List<Review> reviews = new ArrayList<>(4);
    private final Restorations restorations = new Restorations();
    private @Nullable Caller caller;
    private @Nullable RateGate gate;
    private @Nullable ModelRequest ask;
    private @Nullable Bytes redacted;
    private Vault.Subject subject = Vault.Subject.NONE;
    private @Nullable SentText sentText;
    private boolean passed;
    private @Nullable CompletionStarted started;
    private List<Header> refusalHeaders = List.of();
    private @Nullable CompletionEnd end;
    private List<Attempt> attempts = List.of();
    private final List<Attempt> lostAttempts = new ArrayList<>(0);
    private long bodyBytes;
    private long bytesSent;
    private int chunksSent;
    private long firstByteNanos;
    private byte @Nullable [] sentDigest;
    private boolean acceptedWritten;
    private @Nullable AuditEntry acceptance;
    private boolean concluded;
    private boolean left;
    private long pausedMillis;
    private Runnable onLeave = () -> {};
    private Runnable onCut = () -> {};

    Journey(
            String id,
            String acceptedId,
            IngressConfig config,
            HttpServerRequest http,
            Endpoint endpoint,
            Admission.@Nullable Place place) {
        this.id = id;
        this.acceptedId = acceptedId;
        this.config = config;
        this.http = http;
        this.endpoint = endpoint;
        this.place = place;
    }

    String id() {
        return id;
    }

    /** Id of the entry that records this request's acceptance. */
    String acceptedId() {
        return acceptedId;
    }

    IngressConfig config() {
        return config;
    }

    HttpServerRequest http() {
        return http;
    }

    Endpoint endpoint() {
        return endpoint;
    }

    /** This process did not run for so long; no longer than the request is old counts. */
    void paused(long millis) {
        pausedMillis += Math.min(millis, elapsedMicros() / 1000);
    }

    long pausedMillis() {
        return pausedMillis;
    }

    long elapsedMicros() {
        return (System.nanoTime() - startedNanos) / 1000;
    }

    @Nullable
    Caller caller() {
        return caller;
    }

    void by(Caller whoAsks) {
        caller = whoAsks;
    }

    /** Who asks, once that is known to be someone who may. */
    Caller whoAsked() {
        return Objects.requireNonNull(caller);
    }

    RateGate gate() {
        return Objects.requireNonNull(gate);
    }

    void through(RateGate passed) {
        gate = passed;
    }

    @Nullable
    ModelRequest ask() {
        return ask;
    }

    void asks(ModelRequest request) {
        ask = request;
    }

    long bodyBytes() {
        return bodyBytes;
    }

    void read(long bytes) {
        bodyBytes = bytes;
    }

    /** The body as it goes to the provider, where policies changed it. */
    @Nullable
    Bytes redacted() {
        return redacted;
    }

    void redact(Bytes changed) {
        redacted = changed;
    }

    Vault.Subject subject() {
        return subject;
    }

    void isOf(Vault.Subject found) {
        subject = found;
    }

    /** Whether every input policy let the request go on. */
    boolean passed() {
        return passed;
    }

    void passes() {
        passed = true;
    }

    /** What the client was sent is to be kept from now on. */
    SentText keepsSent() {
        SentText kept = new SentText();
        sentText = kept;
        return kept;
    }

    Bytes sentText() {
        return sentText == null ? Bytes.EMPTY : sentText.bytes();
    }

    List<Review> reviews() {
        return reviews;
    }

    void reviewed(Review review) {
        reviews.add(review);
    }

    /** What a policy replaced, where the client is to get it back in its answer. */
    void remember(List<Edit> edits, boolean restore, EditableTexts texts) {
        if (restore) {
            restorations.remember(edits, texts.parts());
        }
    }

    Restorations restorations() {
        return restorations;
    }

    @Nullable
    CompletionStarted started() {
        return started;
    }

    void starts(CompletionStarted event) {
        started = event;
    }

    List<Attempt> attempts() {
        return attempts;
    }

    void attempted(List<Attempt> made) {
        attempts = afterThoseLost(made);
    }

    /** A worker is gone that may have called a target. */
    void attemptLost(Attempt attempt) {
        lostAttempts.add(attempt);
        attempts = afterThoseLost(List.of());
    }

    private List<Attempt> afterThoseLost(List<Attempt> told) {
        if (lostAttempts.isEmpty()) {
            return told;
        }
        List<Attempt> all = new ArrayList<>(lostAttempts);
        all.addAll(told);
        return all;
    }

    /** No target answered; what the last one said of itself when it refused. */
    void refusedWith(List<Header> headers) {
        refusalHeaders = headers;
    }

    /** What the client may see of the head that a target sent, with an answer or with a refusal. */
    List<Header> upstreamHeaders() {
        return started == null ? refusalHeaders : started.headers();
    }

    @Nullable
    CompletionEnd end() {
        return end;
    }

    void ends(CompletionEnd event) {
        end = event;
        attempts = afterThoseLost(event.attempts());
    }

    @Nullable
    Usage usage() {
        return end == null ? null : end.usage();
    }

    void sent(int bytes) {
        if (firstByteNanos == 0) {
            firstByteNanos = System.nanoTime();
        }
        bytesSent += bytes;
        chunksSent++;
    }

    long bytesSent() {
        return bytesSent;
    }

    int chunksSent() {
        return chunksSent;
    }

    /** Microseconds from the request's arrival to the first byte of its answer, or 0. */
    long firstByteMicros() {
        return firstByteNanos == 0 ? 0 : (firstByteNanos - startedNanos) / 1000;
    }

    byte @Nullable [] sentDigest() {
        return sentDigest;
    }

    void sentDigest(byte[] commitment) {
        sentDigest = commitment;
    }

    boolean acceptedWritten() {
        return acceptedWritten;
    }

    void writesAccepted(AuditEntry entry) {
        acceptedWritten = true;
        acceptance = entry;
    }

    void acceptanceIsDurable() {
        acceptance = null;
    }

    /** The entry of the acceptance as long as nobody has said that it is durable. */
    @Nullable
    AuditEntry acceptanceUnderWay() {
        return acceptance;
    }

    /** True for the first who concludes the journey; everyone later comes too late. */
    boolean concludes() {
        boolean first = !concluded;
        concluded = true;
        return first;
    }

    boolean concluded() {
        return concluded;
    }

    /** What to give up when the client leaves. */
    void onLeave(Runnable action) {
        onLeave = action;
    }

    /** How to end the answer early when the node cannot wait for it. */
    void onCut(Runnable action) {
        onCut = action;
    }

    void cutShort() {
        if (!left) {
            onCut.run();
        }
    }

    boolean left() {
        return left;
    }

    void leave() {
        if (!left) {
            left = true;
            onLeave.run();
        }
    }

    /** Throws {@link Gone} when there is nobody to go on for. */
    void checkPresent() {
        if (left) {
            throw new Gone();
        }
    }

    /** Gives back what the request took up. */
    void release() {
        if (gate != null) {
            gate.settle(usage(), started != null || !attempts.isEmpty());
        }
        if (place != null) {
            place.leave();
        }
    }
}

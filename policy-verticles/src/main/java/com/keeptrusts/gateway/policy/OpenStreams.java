package com.keeptrusts.gateway.policy;

import com.keeptrusts.gateway.contract.Coverage;
import com.keeptrusts.gateway.contract.Decision;
import com.keeptrusts.gateway.contract.PolicyVerdict;
import com.keeptrusts.gateway.contract.StreamClose;
import com.keeptrusts.gateway.contract.StreamReleased;
import com.keeptrusts.gateway.contract.StreamText;
import com.keeptrusts.gateway.contract.TrackRelease;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The streamed answers that one worker reviews: bounded in number, forgotten when idle. Used on one context. */
final class OpenStreams {

    private static final Logger LOG = LoggerFactory.getLogger(OpenStreams.class);

    private static final class Stream {

        private final String digest;
        private final StreamReview review;
        private long nextSeq;
        private long nanos;
        private long touchedNanos = System.nanoTime();

        Stream(String digest, StreamReview review) {
            this.digest = digest;
            this.review = review;
        }
    }

    private final PolicyLimits limits;
    private final ReviewMeters meters;
    private final Reviewer reviewer;
    private final Workload load;
    private final Map<String, Stream> byRequest = new LinkedHashMap<>();

    OpenStreams(PolicyLimits limits, ReviewMeters meters, Reviewer reviewer, Workload load) {
        this.limits = limits;
        this.meters = meters;
        this.reviewer = reviewer;
        this.load = load;
    }

    boolean full() {
        return byRequest.size() >= limits.openStreams();
    }

    /** A stream that is open already begins anew. */
    void open(String requestId, String digest, StreamReview review) {
        byRequest.put(requestId, new Stream(digest, review));
        counted();
    }

    StreamReleased feed(StreamText piece) {
        Stream stream = byRequest.get(piece.requestId());
        if (stream == null) {
            return stopped(reviewer.verdict("", failed("stream_unknown"), 0));
        }
        if (piece.seq() != stream.nextSeq) {
            return end(piece.requestId(), stream, List.of(), failed("stream_gap"));
        }
        stream.nextSeq++;
        long start = System.nanoTime();
        stream.touchedNanos = start;
        load.begins();
        try {
            return review(piece, stream, start);
        } catch (RuntimeException | StackOverflowError e) {
            reviewer.logWithoutText(piece.requestId(), e);
            return end(piece.requestId(), stream, List.of(), failed(e.getClass().getSimpleName()));
        } finally {
            load.ends();
        }
    }

    void close(StreamClose close) {
        byRequest.remove(close.requestId());
        counted();
    }

    void closeIdle() {
        long now = System.nanoTime();
        if (byRequest
                .values()
                .removeIf(stream ->
                        now - stream.touchedNanos > limits.streamIdle().toNanos())) {
            LOG.info("{} forgot streams that were idle for {}", load.address(), limits.streamIdle());
            counted();
        }
    }

    private StreamReleased review(StreamText piece, Stream stream, long start) {
        List<TrackRelease> releases = stream.review.feed(piece.texts());
        Judgement judgement = stream.review.judgement();
        boolean over = piece.end() || stops(judgement.decision());
        if (piece.end() && !stops(judgement.decision())) {
            releases = java.util.stream.Stream.concat(releases.stream(), stream.review.finish().stream())
                    .toList();
            judgement = stream.review.judgement();
        }
        stream.nanos += System.nanoTime() - start;
        return over ? end(piece.requestId(), stream, releases, judgement) : new StreamReleased(releases, null);
    }

    private StreamReleased end(String requestId, Stream stream, List<TrackRelease> releases, Judgement judgement) {
        byRequest.remove(requestId);
        counted();
        meters.reviewed(judgement.decision(), stream.nanos);
        return new StreamReleased(releases, reviewer.verdict(stream.digest, judgement, stream.nanos));
    }

    private StreamReleased stopped(PolicyVerdict verdict) {
        meters.decided(verdict.decision());
        return new StreamReleased(List.of(), verdict);
    }

    private void counted() {
        load.openStreams(byRequest.size());
    }

    private static boolean stops(Decision decision) {
        return switch (decision) {
            case Decision.Allow _, Decision.Redact _ -> false;
            case Decision.Block _, Decision.Escalate _, Decision.Failed _ -> true;
        };
    }

    private static Judgement failed(String cause) {
        return new Judgement(new Decision.Failed(cause), "failed", 0, new Coverage(0, 0, 0, 0), Map.of());
    }
}

package com.keeptrusts.gateway.ingress;

import com.keeptrusts.gateway.contract.Channel;
import com.keeptrusts.gateway.contract.Decision;
import com.keeptrusts.gateway.contract.PolicyVerdict;
import com.keeptrusts.gateway.contract.StreamReleased;
import com.keeptrusts.gateway.contract.TextLiteral;
import com.keeptrusts.gateway.contract.Track;
import com.keeptrusts.gateway.contract.TrackRelease;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds the events of a stream, in their order, until a reviewer has released every text in them; those without text
 * leave as soon as they are first in line. An event in which nothing was edited keeps its bytes. One piece of text is
 * under review at a time; what comes meanwhile goes with the next.
 */
final class OutputStage {

    private static final Logger LOG = LoggerFactory.getLogger(OutputStage.class);

    private final StreamReviewer reviewer;
    private final Next next;
    private final Map<Track, TrackProgress> tracks = new HashMap<>();
    private final Set<Channel> channels = EnumSet.noneOf(Channel.class);
    private final Deque<Held> held = new ArrayDeque<>();
    private PendingTexts pending = new PendingTexts();
    private boolean asking;
    private boolean ending;
    private boolean unreviewed;
    private boolean over;

    OutputStage(StreamReviewer reviewer, Next next) {
        this.reviewer = reviewer;
        this.next = next;
    }

    void accept(List<StreamEvent> events) {
        if (over) {
            return;
        }
        for (StreamEvent event : events) {
            held.add(hold(event));
        }
        release();
        review();
    }

    /** No more events come; {@link Next#ended} follows when the last has left. */
    void end() {
        ending = true;
        if (unreviewed) {
            finish();
        } else {
            review();
        }
    }

    /** Where the texts stood that came this far. */
    Set<Channel> channels() {
        return channels;
    }

    int retries() {
        return reviewer.retries();
    }

    /** Text waits that the reviewer has not seen, more than it could see at once. */
    boolean behind() {
        return asking && pending.isLarge();
    }

    /** Everything held and everything to come leaves as it is. */
    void goOnUnreviewed() {
        unreviewed = true;
        reviewer.close();
        tracks.values().forEach(TrackProgress::releaseAll);
        release();
        if (ending) {
            finish();
        }
    }

    void close() {
        if (!over) {
            over = true;
            held.clear();
            reviewer.close();
        }
    }

    private Held hold(StreamEvent event) {
        List<Place> places = new ArrayList<>(event.literals().size());
        for (TextLiteral literal : event.literals()) {
            TrackProgress progress = tracks.computeIfAbsent(literal.track(), this::begin);
            int length = literal.text().length();
            places.add(new Place(literal, progress, progress.fed()));
            progress.feed(length);
            if (unreviewed) {
                progress.releaseAll();
            } else if (length > 0) {
                pending.add(literal.track(), literal.text().value());
            }
        }
        return new Held(event, places);
    }

    private TrackProgress begin(Track track) {
        channels.add(track.channel());
        return new TrackProgress();
    }

    private void review() {
        if (asking || over || unreviewed || (pending.isEmpty() && !ending)) {
            return;
        }
        asking = true;
        boolean last = ending;
        var texts = pending.texts();
        pending = new PendingTexts();
        reviewer.feed(texts, last).onComplete(done -> {
            asking = false;
            if (over || unreviewed) {
                return;
            }
            if (done.succeeded()) {
                taken(done.result(), last);
            } else {
                next.fault(null, done.cause());
            }
        });
    }

    /** Whatever goes wrong here is a fault of the review: an answer must not be left without an end. */
    private void taken(StreamReleased answer, boolean last) {
        try {
            reviewed(answer, last);
        } catch (RuntimeException surprise) {
            LOG.error("an answer could not be reviewed", surprise);
            tracks.values().forEach(TrackProgress::forgetEdits);
            next.fault(null, surprise);
        }
    }

    private void reviewed(StreamReleased answer, boolean last) {
        PolicyVerdict verdict = answer.verdict();
        if (verdict != null) {
            switch (verdict.decision()) {
                case Decision.Block _, Decision.Escalate _ -> {
                    close();
                    next.stopped(verdict);
                    return;
                }
                case Decision.Failed _ -> {
                    next.fault(verdict, null);
                    return;
                }
                case Decision.Allow _, Decision.Redact _ -> next.judged(verdict);
            }
        }
        for (TrackRelease release : answer.releases()) {
            TrackProgress progress = tracks.get(release.track());
            if (progress != null) {
                progress.release(release);
            }
        }
        if (last) {
            tracks.values().forEach(TrackProgress::releaseAll);
        }
        release();
        if (last) {
            finish();
        } else {
            review();
        }
    }

    private void release() {
        List<StreamEvent> leaving = new ArrayList<>();
        try {
            for (Held first = held.peek(); first != null && first.released(); first = held.peek()) {
                leaving.add(first.edited());
                held.poll();
            }
        } finally { // what came before one that cannot be edited is not lost with it
            if (!leaving.isEmpty()) {
                next.leaving(leaving);
            }
        }
    }

    private void finish() {
        if (!over) {
            over = true;
            next.ended();
        }
    }

    /** Where the events go, and what else becomes of the review. */
    interface Next {

        void leaving(List<StreamEvent> events);

        /** The final verdict, which lets the answer pass. */
        void judged(PolicyVerdict verdict);

        /** The answer must not go on; nothing that was held has left. */
        void stopped(PolicyVerdict verdict);

        /** The reviewer could not be asked, or could not judge. */
        void fault(@Nullable PolicyVerdict verdict, @Nullable Throwable cause);

        void ended();
    }

    /** A literal's place in its track. */
    record Place(TextLiteral literal, TrackProgress progress, long from) {
        long to() {
            return from + literal.text().length();
        }
    }

    /** An event that waits for its texts. */
    private record Held(StreamEvent event, List<Place> places) {
        boolean released() {
            for (Place place : places) {
                if (place.progress().released() < place.to()) {
                    return false;
                }
            }
            return true;
        }

        StreamEvent edited() {
            for (Place place : places) {
                if (place.progress().hasEdits()) {
                    return EventEdits.apply(event, places);
                }
            }
            return event;
        }
    }
}

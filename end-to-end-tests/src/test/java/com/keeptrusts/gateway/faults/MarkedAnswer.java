package com.keeptrusts.gateway.faults;

import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a client has of the answer to one marked request.
 *
 * @param requestId as the answer's head says; empty when no head came
 * @param status 0 when no head came
 * @param body what came of it
 * @param ended whether the answer ended as HTTP says that it should
 * @param millis from when the request was due to the end, whichever that was
 * @param endedNanos when that was, by {@link System#nanoTime}
 */
record MarkedAnswer(
        Mark mark,
        boolean stream,
        String requestId,
        int status,
        String body,
        boolean ended,
        long millis,
        long endedNanos) {

    /** As the simulator writes it; nothing in a test's texts is escaped. */
    private static final Pattern CONTENT = Pattern.compile("\"content\":\"([^\"]*)\"");

    static MarkedAnswer none(Mark mark, boolean stream, long millis) {
        return new MarkedAnswer(mark, stream, "", 0, "", false, millis, System.nanoTime());
    }

    static MarkedAnswer of(
            Mark mark, boolean stream, String requestId, int status, Buffer body, boolean ended, long millis) {
        return new MarkedAnswer(mark, stream, requestId, status, body.toString(), ended, millis, System.nanoTime());
    }

    /** Whether the client has what tells it that the answer is whole: of a stream, anything from the finish event on. */
    boolean terminalPartCame() {
        if (status != 200 || failed()) {
            return false;
        }
        return stream ? body.contains("\"finish_reason\":\"") || body.contains("data: [DONE]") : ended;
    }

    /** Whether the stream says itself that it failed. */
    boolean failed() {
        return stream && body.contains("event: error");
    }

    /** The machine-readable code of a refusal, wherever in the answer it stands; empty when there is none. */
    String code() {
        return code(body);
    }

    /** As {@link #code()}, of any answer. */
    static String code(String body) {
        int at = body.indexOf("\"code\":\"");
        return at < 0 ? "" : body.substring(at + 8, body.indexOf('"', at + 8));
    }

    /** Whether the answer came as it should. */
    boolean good() {
        return terminalPartCame() && ended;
    }

    /** Without the body, of which a failed test has thousands. */
    @Override
    public String toString() {
        return mark + (stream ? " stream" : " json") + " " + requestId + ": status " + status + ", code '" + code()
                + "', " + body.length() + " characters, " + (ended ? "ended" : "cut") + " after " + millis + " ms";
    }

    /** The words of the answer, a stream's put together; empty where there are none. */
    String text() {
        var words = new StringBuilder();
        for (Matcher found = CONTENT.matcher(body); found.find(); ) {
            words.append(found.group(1));
        }
        return words.toString();
    }

    /** When the request was due, by {@link System#nanoTime}. */
    long begunNanos() {
        return endedNanos - TimeUnit.MILLISECONDS.toNanos(millis);
    }

    /** The time within which so many of a hundred answers came, in milliseconds. */
    static long percentile(List<MarkedAnswer> answers, double share) {
        long[] millis =
                answers.stream().mapToLong(MarkedAnswer::millis).sorted().toArray();
        return millis[(int) Math.min(millis.length - 1L, (long) Math.ceil(millis.length * share / 100))];
    }
}

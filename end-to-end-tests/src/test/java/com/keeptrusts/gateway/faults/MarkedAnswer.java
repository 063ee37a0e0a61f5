package com.keeptrusts.gateway.faults;

import io.vertx.core.buffer.Buffer;

/**
 * What a client has of the answer to one marked request.
 *
 * @param requestId as the answer's head says; empty when no head came
 * @param status 0 when no head came
 * @param body what came of it
 * @param ended whether the answer ended as HTTP says that it should
 * @param millis from when the request was due to the end, whichever that was
 */
record MarkedAnswer(Mark mark, boolean stream, String requestId, int status, String body, boolean ended, long millis) {

    static MarkedAnswer none(Mark mark, boolean stream, long millis) {
        return new MarkedAnswer(mark, stream, "", 0, "", false, millis);
    }

    static MarkedAnswer of(
            Mark mark, boolean stream, String requestId, int status, Buffer body, boolean ended, long millis) {
        return new MarkedAnswer(mark, stream, requestId, status, body.toString(), ended, millis);
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
        int at = body.indexOf("\"code\":\"");
        return at < 0 ? "" : body.substring(at + 8, body.indexOf('"', at + 8));
    }

    /** Whether the answer came as it should. */
    boolean good() {
        return terminalPartCame() && ended;
    }
}

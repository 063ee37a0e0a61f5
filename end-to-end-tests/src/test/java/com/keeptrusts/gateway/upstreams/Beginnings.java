package com.keeptrusts.gateway.upstreams;

import static com.keeptrusts.gateway.upstreams.Answers.DONE;
import static com.keeptrusts.gateway.upstreams.Answers.FINISH;
import static com.keeptrusts.gateway.upstreams.Answers.OK;
import static com.keeptrusts.gateway.upstreams.Answers.ROLE;
import static com.keeptrusts.gateway.upstreams.Answers.SECRET;
import static com.keeptrusts.gateway.upstreams.Answers.TOKEN;
import static com.keeptrusts.gateway.upstreams.Answers.chunk;
import static com.keeptrusts.gateway.upstreams.Answers.events;
import static com.keeptrusts.gateway.upstreams.Expected.refused;
import static com.keeptrusts.gateway.upstreams.Expected.tryAgain;

import com.keeptrusts.gateway.simulator.script.Script;
import com.keeptrusts.gateway.upstreams.Expected.Refusal;
import java.util.ArrayList;
import java.util.List;

/** How a stream may begin, up to its first token: until then another target may answer. */
final class Beginnings {

    private static final String REST = TOKEN + FINISH + DONE;
    private static final Refusal INVALID = tryAgain(502, "upstream_invalid_stream");
    private static final Refusal TRUNCATED = tryAgain(502, "upstream_truncated");
    private static final Refusal FAILED = tryAgain(502, "upstream_error");
    private static final Refusal FULL = tryAgain(429, "queue_exceeded");
    private static final String IS_FULL =
            "\"message\":\"full\",\"type\":\"too_many_requests_error\",\"param\":\"\"," + "\"code\":\"queue_exceeded\"";

    private final List<Behaviour> rows = new ArrayList<>();

    private Beginnings() {}

    static List<Behaviour> all() {
        var beginnings = new Beginnings();
        beginnings.good();
        beginnings.types();
        beginnings.nothing();
        beginnings.noStream();
        beginnings.errors();
        return beginnings.rows;
    }

    private void good() {
        good("role first", ROLE + REST);
        good("comments first", ": one\n\n: two\n\n" + ROLE + ": three\n\n" + REST);
        good("a comment in an event", ": one\n" + REST);
        good("blank lines first", "\n\n\r\n" + REST);
        good("retry and id", "retry: 100\nid: 1\n\n" + REST);
        good("choices empty first", chunk("", ",\"prompt_filter_results\":[]") + REST);
        good(
                "usage null",
                chunk("{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"\"}}", ",\"usage\":null") + REST);
        good("a ping first", "event: ping\ndata: {}\n\n" + REST);
        good("reasoning first", chunk("{\"index\":0,\"delta\":{\"reasoning\":\"hm\"}}", "") + REST);
        good(
                "a call first",
                chunk(
                                "{\"index\":0,\"delta\":{\"tool_calls\":[{\"index\":0,\"id\":\"t\",\"type\":\"function\","
                                        + "\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}]}}",
                                "")
                        + FINISH
                        + DONE);
        good("nothing but a finish", FINISH + DONE);
        good("role and finish", ROLE + FINISH + DONE);
        rows.add(Behaviour.stays(true, "byte order mark", events("\ufeff" + REST), Expected.events(REST)));
        rows.add(Behaviour.stays(
                true,
                "byte order mark before a comment",
                events("\ufeff: x\n\n" + REST),
                Expected.events(": x\n\n" + REST)));
    }

    private void types() {
        for (String type : List.of(
                "text/event-stream",
                "text/event-stream;charset=UTF-8",
                "Text/Event-Stream; Charset=\"utf-8\"",
                "text/event-stream\r\ncontent-type: application/json",
                "text/plain",
                "application/octet-stream",
                "application/json")) {
            rows.add(Behaviour.stays(
                    true,
                    "type " + type.replace("\r\n", " and "),
                    typed("content-type: " + type + "\r\n", ROLE + REST),
                    Expected.events(ROLE + REST)));
        }
        rows.add(Behaviour.stays(true, "no type", typed("", ": x\n\n" + REST), Expected.events(": x\n\n" + REST)));
    }

    private void nothing() {
        falls("empty", events(), TRUNCATED);
        falls("empty, of length 0", Answers.whole(200, "content-type: text/event-stream\r\n", new byte[0]), TRUNCATED);
        falls("empty chunks", Answers.chunked(true, ""), TRUNCATED);
        falls("204", Answers.text("HTTP/1.1 204 No Content\r\n\r\n"), TRUNCATED);
        falls("blank lines", events("\n\n\n"), TRUNCATED);
        falls("comments only", events(": x\n\n: y\n\n"), TRUNCATED);
        falls("role only", events(ROLE), TRUNCATED);
        falls("half an event", events(TOKEN.substring(0, 40)), TRUNCATED);
        falls("an event without its blank line", events(TOKEN.strip()), TRUNCATED);
        falls("done only", events(DONE), INVALID);
        falls("role and done", events(ROLE + DONE), INVALID);
        falls("role and a padded done", events(ROLE + "data:  [DONE] \n\n"), INVALID);
        falls("usage only", events(chunk("", ",\"usage\":{\"prompt_tokens\":1}") + DONE), INVALID);
    }

    private void noStream() {
        falls("json", Answers.ok(OK), INVALID);
        falls("json that says it is events", typed("content-type: text/event-stream\r\n", OK), INVALID);
        falls("json, white space first", Answers.ok("\n\n " + OK), INVALID);
        falls("html", typed("content-type: text/html\r\n", "<html>" + SECRET + "</html>"), INVALID);
        falls("text", typed("content-type: text/plain\r\n", SECRET), INVALID);
        falls("data that is no json", events("data: " + SECRET + "\n\n" + REST), INVALID);
        falls("data that is cut", events("data: {\"choices\":[{\"index\":0\n\n" + REST), INVALID);
        falls("data that is a list", events("data: []\n\n" + REST), INVALID);
        falls("data that is empty", events("data:\n\n" + REST), INVALID);
        falls("choice that is no object", events(chunk("null", "") + REST), INVALID);
        falls("malformed behind the role", events(ROLE + "data: {\n\n" + REST), INVALID);
        falls("not gzip", typed("content-type: text/event-stream\r\ncontent-encoding: gzip\r\n", REST), TRUNCATED);
        falls("unheard of encoding", typed("content-type: text/event-stream\r\ncontent-encoding: x\r\n", REST), FAILED);
    }

    private void errors() {
        error("json error", Answers.ok("{\"error\":{" + IS_FULL + "},\"status_code\":429}"), FULL);
        error("json flat error", Answers.ok("{" + IS_FULL + "}"), FULL);
        error("nested", events(data("{\"error\":{" + IS_FULL + "},\"status_code\":429}")), FULL);
        error("nested behind the role", events(ROLE, data("{\"error\":{" + IS_FULL + "},\"status_code\":429}")), FULL);
        error(
                "status as text",
                events(data(
                        "{\"error\":{\"message\":\"full\",\"code\":\"queue_exceeded\"}," + "\"status_code\":\"429\"}")),
                FULL);
        error(
                "status inside",
                events(data("{\"error\":{\"message\":\"full\",\"code\":\"queue_exceeded\"," + "\"status_code\":429}}")),
                FULL);
        error(
                "no status, but a code",
                events(data("{\"error\":{\"message\":\"full\",\"code\":\"queue_exceeded\"}}")),
                FULL);
        error("flat", events(data("{" + IS_FULL + "}")), FULL);
        error("named and nested", events("event: error\n" + data("{\"error\":{" + IS_FULL + "}}")), FULL);
        error("named and flat", events("event: error\n" + data("{" + IS_FULL + "}")), FULL);
        error("named, name last", events("data: {" + IS_FULL + "}\nevent: error\n\n"), FULL);
        error("named, no json", events("event: error\ndata: " + SECRET + "\n\n"), FAILED);
        error("named, no data", events("event: error\n\n" + REST), FAILED);
        error("empty", events(data("{\"error\":{}}")), FAILED);
        error("text", events(data("{\"error\":\"" + SECRET + "\"}")), FAILED);
        error("true", events(data("{\"error\":true}")), FAILED);
        error("500", events(data("{\"error\":{\"message\":\"" + SECRET + "\"},\"status_code\":500}")), FAILED);
        error(
                "503",
                events(data("{\"error\":{\"message\":\"x\"},\"status_code\":503}")),
                tryAgain(503, "upstream_error"));
        error(
                "401",
                events(data("{\"error\":{\"message\":\"" + SECRET + "\"},\"status_code\":401}")),
                refused(502, "upstream_auth"));
        error(
                "402",
                events(data("{\"error\":{\"message\":\"x\"},\"status_code\":402}")),
                refused(502, "upstream_billing"));
        error(
                "400",
                events(data("{\"error\":{\"message\":\"x\",\"code\":\"context_length_exceeded\"},"
                        + "\"status_code\":400}")),
                refused(400, "context_length_exceeded"));
        error("in two lines", events("data: {\"error\":\ndata: {" + IS_FULL + "}}\n\n"), FULL);
        error("crlf", events("event: error\r\ndata: {\"error\":{" + IS_FULL + "}}\r\n\r\n"), FULL);
    }

    private static String data(String json) {
        return "data: " + json + "\n\n";
    }

    private static Script typed(String headers, String body) {
        return Answers.events(headers, new String[] {body});
    }

    private void good(String name, String body) {
        rows.add(Behaviour.stays(true, name, events(body), Expected.events(body)));
    }

    private void error(String name, Script script, Refusal alone) {
        falls("error, " + name, script, alone);
    }

    private void falls(String name, Script script, Refusal alone) {
        rows.add(Behaviour.fallsOver(true, "begins: " + name, script, alone));
    }
}

package com.keeptrusts.gateway.upstreams;

import static com.keeptrusts.gateway.upstreams.Answers.OK;
import static com.keeptrusts.gateway.upstreams.Answers.SECRET;
import static com.keeptrusts.gateway.upstreams.Answers.whole;
import static com.keeptrusts.gateway.upstreams.Expected.json;
import static com.keeptrusts.gateway.upstreams.Expected.refused;
import static com.keeptrusts.gateway.upstreams.Expected.tryAgain;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.keeptrusts.gateway.simulator.script.Script;
import com.keeptrusts.gateway.upstreams.Expected.Answer;
import com.keeptrusts.gateway.upstreams.Expected.Refusal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Answers that are not streamed, with status 200. */
final class Bodies {

    private static final Refusal UNREADABLE = tryAgain(502, "upstream_error");
    private static final String BOM = "\ufeff";

    private final List<Behaviour> rows = new ArrayList<>();

    private Bodies() {}

    static List<Behaviour> all() {
        var bodies = new Bodies();
        bodies.good();
        bodies.types();
        bodies.unreadable();
        bodies.errors();
        bodies.packed();
        return bodies.rows;
    }

    private void good() {
        good("plain", ok(OK), json(OK));
        good("white space around", ok("\r\n\t " + OK + "\n\n"), json("\r\n\t " + OK + "\n\n"));
        good("byte order mark", ok(BOM + OK), json(OK));
        good(
                "a member twice",
                ok(OK.replace("\"id\"", "\"id\":\"b\",\"id\"")),
                json(OK.replace("\"id\"", "\"id\":\"b\",\"id\"")));
        good(
                "error is null",
                ok(OK.replace("{\"id\"", "{\"error\":null,\"id\"")),
                json(OK.replace("{\"id\"", "{\"error\":null,\"id\"")));
        good("no choices", ok("{\"object\":\"something.else\"}"), json("{\"object\":\"something.else\"}"));
        good("nothing in it", ok("{}"), json("{}"));
        good("no finish reason", ok(OK.replace("\"stop\"", "null")), json(OK.replace("\"stop\"", "null")));
        good(
                "unknown members",
                ok(OK.replace("}]}", "}],\"time_info\":{\"queue_time\":1e-4},\"x\":[1.10]}")),
                json(OK.replace("}]}", "}],\"time_info\":{\"queue_time\":1e-4},\"x\":[1.10]}")));
        good("201", Answers.status(201, "", OK), json(OK));
        good("headers of the hop and of the edge", ok("set-cookie: a=b\r\nserver: x\r\nalt-svc: h3\r\n", OK), json(OK));
    }

    private void types() {
        good("no type", whole(200, "", OK.getBytes(UTF_8)), json(OK));
        good("plain text", typed("text/plain; charset=utf-8", OK), json(OK));
        good(
                "charset",
                typed("application/json; charset=UTF-8", OK),
                new Answer(OK, "application/json; charset=UTF-8"));
        good("problem type", typed("application/problem+json", OK), new Answer(OK, "application/problem+json"));
        good("says events, is none", typed("text/event-stream", OK), json(OK));
        good("two types", typed("application/json\r\ncontent-type: text/html", OK), json(OK));
        falls(
                "events, and says so",
                typed("text/event-stream", Answers.TOKEN + Answers.FINISH + Answers.DONE),
                tryAgain(502, "upstream_invalid_stream"));
        falls(
                "events, and says json",
                ok(Answers.TOKEN + Answers.FINISH + Answers.DONE),
                tryAgain(502, "upstream_invalid_stream"));
    }

    private void unreadable() {
        falls("empty", ok(""), UNREADABLE);
        falls("white space", ok(" \r\n\t"), UNREADABLE);
        falls("cut", ok(OK.substring(0, OK.length() - 20)), UNREADABLE);
        falls("trailing garbage", ok(OK + SECRET), UNREADABLE);
        falls("two documents", ok(OK + OK), UNREADABLE);
        falls("array", ok("[" + OK + "]"), UNREADABLE);
        falls("null", ok("null"), UNREADABLE);
        falls("text", ok("\"" + SECRET + "\""), UNREADABLE);
        falls("number", ok("42"), UNREADABLE);
        falls("html", typed("text/html", "<html>" + SECRET + "</html>"), UNREADABLE);
        falls("nan", ok(OK.replace("\"created\":1", "\"created\":NaN")), UNREADABLE);
        falls(
                "latin-1",
                whole(200, "", OK.replace("yes", "\u00e9\u00e8").getBytes(StandardCharsets.ISO_8859_1)),
                UNREADABLE);
        falls("nul behind it", ok(OK + "\0"), UNREADABLE);
        falls("204", Answers.text("HTTP/1.1 204 No Content\r\n\r\n"), UNREADABLE);
        falls("205", Answers.text("HTTP/1.1 205 Reset Content\r\ncontent-length: 0\r\n\r\n"), UNREADABLE);
    }

    private void errors() {
        String message = "\"message\":\"" + SECRET + "\"";
        falls("error without a status", ok("{\"error\":{" + message + "}}"), UNREADABLE);
        falls(
                "error with a status",
                ok("{\"error\":{\"message\":\"full\",\"code\":\"queue_exceeded\"}," + "\"status_code\":429}"),
                tryAgain(429, "queue_exceeded"));
        falls(
                "error with its status as text",
                ok("{\"error\":{\"message\":\"full\",\"code\":\"queue_exceeded\"}," + "\"status_code\":\"429\"}"),
                tryAgain(429, "queue_exceeded"));
        falls(
                "error with a number for a code",
                ok("{\"error\":{\"message\":\"full\",\"code\":429}}"),
                tryAgain(429, "upstream_rate_limit"));
        falls(
                "error of the request",
                ok("{\"error\":{\"message\":\"too long\",\"type\":\"invalid_request_error\","
                        + "\"code\":\"context_length_exceeded\"}}"),
                refused(400, "context_length_exceeded"));
        falls("error beside choices", ok(OK.replace("{\"id\"", "{\"error\":{" + message + "},\"id\"")), UNREADABLE);
        falls("error is text", ok("{\"error\":\"" + SECRET + "\"}"), UNREADABLE);
        falls("error is empty", ok("{\"error\":{}}"), UNREADABLE);
        falls("flat error", ok("{" + message + ",\"type\":\"server_error\",\"param\":\"\",\"code\":\"\"}"), UNREADABLE);
        falls("detail", ok("{\"detail\":\"" + SECRET + "\"}"), UNREADABLE);
    }

    private void packed() {
        good("gzip", whole(200, "content-encoding: gzip\r\n", Packed.gzip(OK)), json(OK));
        good("x-gzip", whole(200, "content-encoding: x-gzip\r\n", Packed.gzip(OK)), json(OK));
        good("deflate", whole(200, "content-encoding: deflate\r\n", Packed.deflate(OK)), json(OK));
        good("identity", ok("content-encoding: identity\r\n", OK), json(OK));
        good("no encoding named", ok("content-encoding: \r\n", OK), json(OK));
        byte[] gzip = Packed.gzip(OK);
        falls(
                "half a gzip",
                whole(200, "content-encoding: gzip\r\n", Arrays.copyOf(gzip, gzip.length / 2)),
                UNREADABLE);
        falls("not gzip", ok("content-encoding: gzip\r\n", OK), tryAgain(502, "upstream_truncated"));
        falls("zstd", ok("content-encoding: zstd\r\n", SECRET), UNREADABLE);
        falls("unheard of", ok("content-encoding: secret\r\n", OK), UNREADABLE);
        falls("gzip twice", whole(200, "content-encoding: gzip, gzip\r\n", gzip), UNREADABLE);
    }

    private static Script ok(String body) {
        return ok("", body);
    }

    private static Script ok(String headers, String body) {
        return Answers.status(200, headers, body);
    }

    private static Script typed(String type, String body) {
        return whole(200, "content-type: " + type + "\r\n", body.getBytes(UTF_8));
    }

    private void good(String name, Script script, Answer answer) {
        rows.add(Behaviour.stays(false, name, script, answer));
    }

    private void falls(String name, Script script, Refusal alone) {
        rows.add(Behaviour.fallsOver(false, name, script, alone));
    }
}

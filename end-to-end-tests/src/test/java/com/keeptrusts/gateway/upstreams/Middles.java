package com.keeptrusts.gateway.upstreams;

import static com.keeptrusts.gateway.upstreams.Answers.DONE;
import static com.keeptrusts.gateway.upstreams.Answers.FINISH;
import static com.keeptrusts.gateway.upstreams.Answers.ROLE;
import static com.keeptrusts.gateway.upstreams.Answers.SECRET;
import static com.keeptrusts.gateway.upstreams.Answers.TOKEN;
import static com.keeptrusts.gateway.upstreams.Answers.chunk;
import static com.keeptrusts.gateway.upstreams.Answers.events;

import com.keeptrusts.gateway.simulator.script.Script;
import com.keeptrusts.gateway.upstreams.Expected.Break;
import java.util.ArrayList;
import java.util.List;

/** What may happen to a stream after its first token: it is passed on, or it breaks with the frame. */
final class Middles {

    private static final String USAGE = chunk("", ",\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":1}");
    private static final String PLAIN_FINISH = chunk("{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}", "");
    private static final String TWO = ",\"n\":2";

    private final List<Behaviour> rows = new ArrayList<>();

    private Middles() {}

    static List<Behaviour> all() {
        var middles = new Middles();
        middles.framing();
        middles.members();
        middles.ends();
        middles.choices();
        middles.truncation();
        middles.errors();
        return middles.rows;
    }

    private void framing() {
        String whole = ROLE + TOKEN + FINISH + DONE;
        good("crlf", whole.replace("\n", "\r\n"));
        good("cr", whole.replace("\n", "\r"));
        good("line ends mixed", ROLE.replace("\n", "\r\n") + TOKEN.replace("\n", "\r") + FINISH + DONE);
        good("no space", whole.replace("data: ", "data:"));
        good("several lines", TOKEN.replace("\"object\"", "\ndata: \"object\"") + FINISH + DONE);
        good("comments between", TOKEN + ": x\n\n:\n\n" + TOKEN + ": y\n" + FINISH + ": z\n\n" + DONE);
        good("ids and names", "id: 1\nevent: message\n" + TOKEN + "retry: 5\n\n" + FINISH + DONE);
        good("an unknown field", TOKEN + "foo: bar\n\nfoo\n\n" + FINISH + DONE);
        good("separators in the text", TOKEN.replace("yes", "a\u2028b\u2029c\u0085d\ud83d\ude00") + FINISH + DONE);
        good("done in the text", TOKEN.replace("yes", "data: [DONE]") + TOKEN.replace("yes", "[DONE]") + FINISH + DONE);
        good("error in the text", TOKEN.replace("yes", "\\\"error\\\":{}") + FINISH + DONE);
        good("a ping", TOKEN + "event: ping\ndata: {}\n\n" + FINISH + DONE);
        good("a large event", TOKEN.replace("yes", "x".repeat(1 << 20)) + FINISH + DONE);
        good("many small events", TOKEN.repeat(2_000) + FINISH + DONE);
    }

    private void members() {
        good("error is null", TOKEN.replace("}\n\n", ",\"error\":null}\n\n") + FINISH + DONE);
        good("error is false", TOKEN.replace("}\n\n", ",\"error\":false}\n\n") + FINISH + DONE);
        good("unknown members", TOKEN.replace("}\n\n", ",\"x\":[1.10,{\"y\":null}]}\n\n") + FINISH + DONE);
        good("choices empty", TOKEN + chunk("", "") + FINISH + DONE);
        good("malformed", TOKEN + "data: {\"choices\":[\n\n" + FINISH + DONE);
        good("empty data", TOKEN + "data:\n\n" + FINISH + DONE);
        good("no choices", TOKEN + "data: {\"object\":\"x\"}\n\n" + FINISH + DONE);
        good("finish of another kind", TOKEN + FINISH.replace("stop", "eos_token") + DONE);
        good(
                "finish with a token",
                TOKEN + chunk("{\"index\":0,\"delta\":{\"content\":\"!\"},\"finish_reason\":\"length\"}", "") + DONE);
        good("two finishes", TOKEN + FINISH + FINISH + DONE);
        good("a token behind the finish", TOKEN + FINISH + TOKEN + DONE);
        good(
                "time info",
                TOKEN + FINISH.replace("}\n\n", ",\"time_info\":{\"queue_time\":1.5e-4,\"created\":1.5}}\n\n") + DONE);
        rows.add(Behaviour.stays(
                true,
                "usage without choices, unasked",
                events(TOKEN + PLAIN_FINISH + USAGE + DONE),
                Expected.events(TOKEN + PLAIN_FINISH + DONE)));
        rows.add(Behaviour.stays(
                        true,
                        "usage asked for",
                        events(TOKEN + PLAIN_FINISH + USAGE + DONE),
                        Expected.events(TOKEN + PLAIN_FINISH + USAGE + DONE))
                .asking(",\"stream_options\":{\"include_usage\":true}"));
    }

    private void ends() {
        String whole = TOKEN + FINISH + DONE;
        same("no done", events(TOKEN + FINISH), whole);
        same("done without a blank line", events(TOKEN + FINISH + "data: [DONE]"), whole);
        same("done with one line end", events(TOKEN + FINISH + "data: [DONE]\n"), whole);
        same("done twice", events(whole + DONE), whole);
        same("done padded", events(TOKEN + FINISH + "data:  [DONE] \t\n\n"), whole);
        same("bytes behind done", events(whole + TOKEN + SECRET), whole);
        same("error behind done", events(whole + "data: {\"error\":{\"message\":\"" + SECRET + "\"}}\n\n"), whole);
        same("open behind done", Answers.eventsAndSilence(whole), whole);
        same(
                "gzip",
                Answers.whole(200, "content-type: text/event-stream\r\ncontent-encoding: gzip\r\n", Packed.gzip(whole)),
                whole);
    }

    private void choices() {
        String second = TOKEN.replace("\"index\":0", "\"index\":1");
        String secondFinish = PLAIN_FINISH.replace("\"index\":0", "\"index\":1");
        rows.add(Behaviour.stays(
                        true,
                        "two choices",
                        events(TOKEN + second + PLAIN_FINISH + secondFinish + DONE),
                        Expected.events(TOKEN + second + PLAIN_FINISH + secondFinish + DONE))
                .asking(TWO));
        rows.add(Behaviour.stays(
                        true,
                        "one of two finishes, done",
                        events(TOKEN + second + PLAIN_FINISH + DONE),
                        truncated(TOKEN + second + PLAIN_FINISH))
                .asking(TWO));
        rows.add(Behaviour.stays(
                        true,
                        "one of two finishes, closed",
                        events(TOKEN + second + PLAIN_FINISH),
                        truncated(TOKEN + second + PLAIN_FINISH))
                .asking(TWO));
        rows.add(Behaviour.stays(
                        true,
                        "one of two finishes, null",
                        events(TOKEN + second + PLAIN_FINISH + secondFinish.replace("\"stop\"", "null") + DONE),
                        truncated(TOKEN + second + PLAIN_FINISH + secondFinish.replace("\"stop\"", "null")))
                .asking(TWO));
    }

    private void truncation() {
        breaks("closed", events(TOKEN), truncated(TOKEN));
        breaks("done without a finish", events(TOKEN + DONE), truncated(TOKEN));
        breaks(
                "finish is null",
                events(TOKEN + FINISH.replace("\"stop\"", "null") + DONE),
                truncated(TOKEN + FINISH.replace("\"stop\"", "null")));
        breaks(
                "finish is empty",
                events(TOKEN + FINISH.replace("\"stop\"", "\"\"") + DONE),
                truncated(TOKEN + FINISH.replace("\"stop\"", "\"\"")));
        breaks("closed in an event", events(TOKEN + TOKEN.substring(0, 30)), truncated(TOKEN));
        breaks("closed in the finish", events(TOKEN + FINISH.substring(0, FINISH.length() - 1)), truncated(TOKEN));
        breaks(
                "closed in a letter",
                Answers.text(Answers.eventsHead() + TOKEN + "data: {\"x\":\"\ud83d"),
                truncated(TOKEN));
        breaks("reset", Answers.eventsAndReset(TOKEN), truncated(TOKEN));
        breaks("no last chunk", Answers.chunked(false, "", TOKEN), truncated(TOKEN));
        breaks(
                "length too short",
                Answers.text("HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ncontent-length: "
                        + (TOKEN.length() + 9) + "\r\n\r\n" + TOKEN + FINISH + DONE),
                truncated(TOKEN));
        breaks("usage and closed", events(TOKEN + USAGE), truncated(TOKEN));
    }

    private void errors() {
        String full = "\"message\":\"full\",\"type\":\"too_many_requests_error\",\"code\":\"queue_exceeded\"";
        error("nested", "data: {\"error\":{" + full + "},\"status_code\":429}\n\n", "queue_exceeded");
        error("flat", "data: {" + full + "}\n\n", "queue_exceeded");
        error("flat with a status", "data: {\"status_code\":500,\"message\":\"" + SECRET + "\"}\n\n", "upstream_error");
        error("named and flat", "event: error\ndata: {" + full + "}\n\n", "queue_exceeded");
        error("named, no data", "event: error\n\n", "upstream_error");
        error("named, no json", "event: error\ndata: " + SECRET + "\n\n", "upstream_error");
        error(
                "status as text",
                "data: {\"error\":{\"message\":\"x\"},\"status_code\":\"429\"}\n\n",
                "upstream_rate_limit");
        error("no status", "data: {\"error\":{\"message\":\"" + SECRET + "\"}}\n\n", "upstream_error");
        error("empty", "data: {\"error\":{}}\n\n", "upstream_error");
        error(
                "beside choices",
                TOKEN.replace("}\n\n", ",\"error\":{\"message\":\"" + SECRET + "\"}}\n\n"),
                "upstream_error");
        error("401", "data: {\"error\":{\"message\":\"" + SECRET + "\"},\"status_code\":401}\n\n", "upstream_auth");
        error("detail", "data: {\"detail\":\"" + SECRET + "\"}\n\n", "upstream_error");
        breaks(
                "error behind the finish",
                events(TOKEN + FINISH + "data: {\"error\":{\"message\":\"" + SECRET + "\"}}\n\n" + DONE),
                new Break(TOKEN, "upstream_error"));
    }

    private static Break truncated(String before) {
        return new Break(before, "upstream_truncated");
    }

    private void error(String name, String event, String code) {
        breaks("error, " + name, events(TOKEN + event + TOKEN + FINISH + DONE), new Break(TOKEN, code));
    }

    private void good(String name, String body) {
        same(name, events(body), body);
    }

    private void same(String name, Script script, String body) {
        rows.add(Behaviour.stays(true, "goes on: " + name, script, Expected.events(body)));
    }

    private void breaks(String name, Script script, Break expected) {
        rows.add(Behaviour.stays(true, "breaks: " + name, script, expected));
    }
}

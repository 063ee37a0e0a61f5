package com.keeptrusts.gateway.upstreams;

import static com.keeptrusts.gateway.upstreams.Answers.DONE;
import static com.keeptrusts.gateway.upstreams.Answers.FINISH;
import static com.keeptrusts.gateway.upstreams.Answers.OK;
import static com.keeptrusts.gateway.upstreams.Answers.ROLE;
import static com.keeptrusts.gateway.upstreams.Answers.TOKEN;
import static com.keeptrusts.gateway.upstreams.Answers.eventsAndSilence;
import static com.keeptrusts.gateway.upstreams.Expected.refused;
import static com.keeptrusts.gateway.upstreams.Expected.tryAgain;

import com.keeptrusts.gateway.simulator.script.Script;
import com.keeptrusts.gateway.simulator.script.Step;
import com.keeptrusts.gateway.upstreams.Expected.Break;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;

/** Targets that stop in the middle of something and hold the line, or go on so slowly that it is the same. */
final class Silences {

    private static final Expected LATE = tryAgain(504, "upstream_timeout");
    private static final Expected INVALID = tryAgain(502, "upstream_invalid_stream");
    private static final String JSON =
            "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 900\r\n\r\n";
    private static final String REFUSAL = "HTTP/1.1 %d X\r\ncontent-length: 900\r\n\r\n{";

    private final List<Behaviour> rows = new ArrayList<>();

    private Silences() {}

    static List<Behaviour> all() {
        var silences = new Silences();
        silences.beforeTheFirstToken();
        silences.later();
        return silences.rows;
    }

    private void beforeTheFirstToken() {
        for (boolean stream : new boolean[] {false, true}) {
            falls(stream, "no answer", silent(""), LATE);
            falls(stream, "half a status line", silent("HTTP/1.1 2"), LATE);
            falls(stream, "half a head", silent("HTTP/1.1 200 OK\r\ncontent-"), LATE);
            falls(stream, "hints and no answer", silent("HTTP/1.1 103 Early Hints\r\nlink: x\r\n\r\n"), LATE);
            falls(stream, "half a 500", silent(REFUSAL.formatted(500)), tryAgain(502, "upstream_error"));
            rows.add(Behaviour.stays(
                    stream, "half a 400", silent(REFUSAL.formatted(400)), refused(400, "upstream_invalid_request")));
        }
        falls(false, "head and no body", silent(JSON), LATE);
        falls(false, "half a body", silent(JSON + OK.substring(0, 50)), LATE);
        falls(false, "a body that trickles", trickle(JSON, " ".repeat(200)), LATE);
        falls(true, "head and no event", eventsAndSilence(), LATE);
        falls(true, "comments and no event", trickle(Answers.eventsHead(), ": \n".repeat(70)), LATE);
        falls(true, "role and no token", eventsAndSilence(ROLE), LATE);
        falls(true, "role and half a token", eventsAndSilence(ROLE + TOKEN.substring(0, 60)), LATE);
        falls(true, "half of the first field", eventsAndSilence("dat"), LATE);
        falls(true, "json that does not end", silent(JSON + OK), INVALID);
    }

    private void later() {
        breaks("token", eventsAndSilence(TOKEN));
        breaks("token and half a token", eventsAndSilence(TOKEN + TOKEN.substring(0, 60)));
        breaks("token and half a finish", eventsAndSilence(TOKEN + FINISH.strip()));
        breaks("token and bytes that trickle", trickle(Answers.eventsHead() + TOKEN, "x".repeat(200)));
        rows.add(Behaviour.stays(
                true, "finish and no done", eventsAndSilence(TOKEN + FINISH), Expected.events(TOKEN + FINISH + DONE)));
        rows.add(Behaviour.stays(
                true,
                "done and no end",
                eventsAndSilence(TOKEN + FINISH + DONE),
                Expected.events(TOKEN + FINISH + DONE)));
        rows.add(Behaviour.stays(
                true,
                "finish and half a done",
                eventsAndSilence(TOKEN + FINISH + "data: [DO"),
                new Break(TOKEN, "upstream_timeout")));
    }

    private static Script silent(String bytes) {
        return Script.raw(new Step.Write(Buffer.buffer(bytes)), new Step.Stall());
    }

    /** Then one byte each 20 ms. */
    private static Script trickle(String bytes, String slowly) {
        List<Step> steps = new ArrayList<>();
        steps.add(new Step.Write(Buffer.buffer(bytes)));
        for (int at = 0; at < slowly.length(); at++) {
            steps.add(new Step.Sleep(20_000));
            steps.add(new Step.Write(Buffer.buffer(slowly.substring(at, at + 1))));
        }
        return new Script(true, 200, "", steps);
    }

    private void falls(boolean stream, String name, Script script, Expected alone) {
        rows.add(Behaviour.fallsOver(stream, "silent behind: " + name, script, alone));
    }

    private void breaks(String name, Script script) {
        rows.add(Behaviour.stays(true, "silent behind: " + name, script, new Break(TOKEN, "upstream_timeout")));
    }
}

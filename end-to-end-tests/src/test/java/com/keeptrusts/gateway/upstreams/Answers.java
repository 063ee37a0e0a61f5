package com.keeptrusts.gateway.upstreams;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.keeptrusts.gateway.simulator.script.Script;
import com.keeptrusts.gateway.simulator.script.Step;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;

/** What targets write, byte for byte. A text that must never reach a client holds {@value #SECRET}. */
final class Answers {

    static final String SECRET = "kept-inside";

    static final String OK =
            "{\"id\":\"c\",\"object\":\"chat.completion\",\"created\":1,\"model\":\"m\",\"choices\":[{\"index\":0,"
                    + "\"message\":{\"role\":\"assistant\",\"content\":\"yes\"},\"finish_reason\":\"stop\"}]}";

    static final String ROLE = chunk("{\"index\":0,\"delta\":{\"role\":\"assistant\"}}", "");
    static final String TOKEN = chunk("{\"index\":0,\"delta\":{\"content\":\"yes\"}}", "");
    static final String FINISH = chunk(
            "{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}",
            ",\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":1,\"total_tokens\":4}");
    static final String DONE = "data: [DONE]\n\n";

    private static final String EVENTS = "content-type: text/event-stream; charset=utf-8\r\n";

    private Answers() {}

    static String chunk(String choice, String more) {
        return "data: {\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\",\"choices\":["
                + choice + "]" + more + "}\n\n";
    }

    /** A status with a body of known length. */
    static Script status(int status, String headers, String body) {
        return whole(status, "content-type: application/json\r\n" + headers, body.getBytes(UTF_8));
    }

    static Script whole(int status, String headers, byte[] body) {
        String head = "HTTP/1.1 " + status + " X\r\n" + headers + "content-length: " + body.length + "\r\n\r\n";
        return bytes(Buffer.buffer(head).appendBytes(body));
    }

    static Script ok(String body) {
        return status(200, "", body);
    }

    /** These bytes, and the end of the connection. */
    static Script bytes(Buffer all) {
        return Script.raw(new Step.Write(all));
    }

    static Script text(String all) {
        return bytes(Buffer.buffer(all));
    }

    /** These events, and the end of the connection. */
    static Script events(String... events) {
        return events(EVENTS, events);
    }

    static Script events(String headers, String[] events) {
        return text("HTTP/1.1 200 OK\r\n" + headers + "\r\n" + String.join("", events));
    }

    /** These events, and then nothing for as long as it is waited. */
    static Script eventsAndSilence(String... events) {
        return then(new Step.Stall(), events);
    }

    static Script eventsAndReset(String... events) {
        return then(new Step.Rst(), events);
    }

    /** In chunks, with a last chunk or without. */
    static Script chunked(boolean complete, String trailers, String... events) {
        var all = new StringBuilder("HTTP/1.1 200 OK\r\n" + EVENTS + "transfer-encoding: chunked\r\n\r\n");
        for (String event : events) {
            all.append(Integer.toHexString(event.getBytes(UTF_8).length))
                    .append("\r\n")
                    .append(event)
                    .append("\r\n");
        }
        return text(complete ? all + "0\r\n" + trailers + "\r\n" : all.toString());
    }

    /** Each byte in a packet of its own. */
    static Script byteByByte(String all) {
        List<Step> steps = new ArrayList<>();
        for (byte one : all.getBytes(UTF_8)) {
            steps.add(new Step.Write(Buffer.buffer(new byte[] {one})));
            steps.add(new Step.Flush());
        }
        return new Script(true, 200, "", steps);
    }

    static String eventsHead() {
        return "HTTP/1.1 200 OK\r\n" + EVENTS + "\r\n";
    }

    private static Script then(Step last, String... events) {
        return Script.raw(
                new Step.Write(Buffer.buffer("HTTP/1.1 200 OK\r\n" + EVENTS + "\r\n" + String.join("", events))),
                new Step.Sleep(20_000),
                last);
    }
}

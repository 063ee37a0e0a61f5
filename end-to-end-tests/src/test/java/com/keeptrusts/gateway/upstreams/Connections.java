package com.keeptrusts.gateway.upstreams;

import static com.keeptrusts.gateway.upstreams.Answers.DONE;
import static com.keeptrusts.gateway.upstreams.Answers.FINISH;
import static com.keeptrusts.gateway.upstreams.Answers.OK;
import static com.keeptrusts.gateway.upstreams.Answers.SECRET;
import static com.keeptrusts.gateway.upstreams.Answers.TOKEN;
import static com.keeptrusts.gateway.upstreams.Answers.text;
import static com.keeptrusts.gateway.upstreams.Expected.events;
import static com.keeptrusts.gateway.upstreams.Expected.json;
import static com.keeptrusts.gateway.upstreams.Expected.tryAgain;

import com.keeptrusts.gateway.simulator.script.Script;
import com.keeptrusts.gateway.simulator.script.Step;
import com.keeptrusts.gateway.upstreams.Expected.Refusal;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;

/** What may happen to the connection, and to the framing of HTTP. */
final class Connections {

    private static final Refusal UNREACHABLE = tryAgain(502, "upstream_unreachable");
    private static final Refusal TRUNCATED = tryAgain(502, "upstream_truncated");
    private static final Refusal UNREADABLE = tryAgain(502, "upstream_error");
    private static final String HEAD = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n";

    private final List<Behaviour> rows = new ArrayList<>();

    private Connections() {}

    static List<Behaviour> all() {
        var connections = new Connections();
        connections.beforeTheHead();
        connections.heads();
        connections.lengths();
        connections.chunks();
        return connections.rows;
    }

    private void beforeTheHead() {
        falls("closes at once", Script.raw(new Step.Fin()), UNREACHABLE);
        falls("resets at once", Script.raw(new Step.Rst()), UNREACHABLE);
        falls("half a status line", text("HTTP/1."), UNREACHABLE);
        falls("half a head", text("HTTP/1.1 200 OK\r\ncontent-ty"), UNREACHABLE);
        falls("no HTTP", text("SSH-2.0-OpenSSH_9.6\r\n\r\n"), UNREACHABLE);
        falls("garbage", text("\0\1\2\3\r\n\r\n"), UNREACHABLE);
        falls("no status", text("HTTP/1.1 abc OK\r\n\r\n"), UNREACHABLE);
        falls("hints and then nothing", text("HTTP/1.1 103 Early Hints\r\nlink: x\r\n\r\n"), UNREACHABLE);
    }

    private void heads() {
        good("hints before it", "HTTP/1.1 103 Early Hints\r\nlink: x\r\n\r\n" + whole(OK));
        good("continue twice", "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 100 Continue\r\n\r\n" + whole(OK));
        good("no reason", whole(OK).replace("200 OK", "200"));
        good("names in capitals", whole(OK).replace("content-length", "CONTENT-LENGTH"));
        good("a header of 20 KiB", HEAD + "x-large: " + "a".repeat(20 * 1024) + "\r\n" + length(OK));
        good("a hundred headers", HEAD + "x-many: b\r\n".repeat(100) + length(OK));
        good(
                "limits twice",
                HEAD + "x-ratelimit-limit-requests-day: 1\r\nx-ratelimit-limit-requests-day: 2\r\n" + length(OK));
        falls(
                "a header of 80 KiB",
                text(HEAD + "x-large: " + "a".repeat(80 * 1024) + "\r\n" + length(OK)),
                UNREACHABLE);
        good("a folded header", HEAD + "x-folded: a\r\n b\r\n" + length(OK));
    }

    private void lengths() {
        good("no length, closed at the end", HEAD + "connection: close\r\n\r\n" + OK);
        good("HTTP/1.0", HEAD.replace("1.1", "1.0") + "\r\n" + OK);
        good("HTTP/1.0 with a length", whole(OK).replace("HTTP/1.1", "HTTP/1.0"));
        good("bytes behind it", whole(OK) + "HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\nevil");
        falls("length too long", text(HEAD + "content-length: " + (OK.length() + 5) + "\r\n\r\n" + OK), TRUNCATED);
        falls("length too short", text(HEAD + "content-length: " + (OK.length() - 5) + "\r\n\r\n" + OK), UNREADABLE);
        falls("length below zero", text(HEAD + "content-length: -1\r\n\r\n" + OK), UNREACHABLE);
        falls("length no number", text(HEAD + "content-length: ten\r\n\r\n" + OK), UNREACHABLE);
        falls("two lengths", text(HEAD + "content-length: 4\r\n" + length(OK)), UNREACHABLE);
        falls(
                "reset in the body",
                Script.raw(
                        new Step.Write(Buffer.buffer(HEAD + "content-length: 900\r\n\r\n" + OK)),
                        new Step.Sleep(50_000),
                        new Step.Rst()),
                TRUNCATED);
    }

    private void chunks() {
        String chunked =
                HEAD + "transfer-encoding: chunked\r\n\r\n" + Integer.toHexString(OK.length()) + "\r\n" + OK + "\r\n";
        good("chunks", chunked + "0\r\n\r\n");
        good("trailers", chunked + "0\r\nx-trailer: 1\r\ncontent-type: text/html\r\n\r\n");
        good("extensions", chunked.replaceFirst("\r\n\\{", ";a=b\r\n{") + "0\r\n\r\n");
        falls("no last chunk", text(chunked), TRUNCATED);
        falls("half a last chunk", text(chunked + "0\r\n"), TRUNCATED);
        falls(
                "size no number",
                text(HEAD + "transfer-encoding: chunked\r\n\r\nzz\r\n" + SECRET + "\r\n0\r\n\r\n"),
                TRUNCATED);
        falls(
                "chunk longer than said",
                text(HEAD + "transfer-encoding: chunked\r\n\r\n5\r\n" + OK + "\r\n0\r\n\r\n"),
                TRUNCATED);
        String events = TOKEN + FINISH + DONE;
        rows.add(Behaviour.stays(true, "chunks", Answers.chunked(true, "", TOKEN, FINISH, DONE), events(events)));
        rows.add(Behaviour.stays(true, "trailers", Answers.chunked(true, "x-trailer: 1\r\n", events), events(events)));
        rows.add(Behaviour.stays(
                true,
                "chunks across events",
                Answers.chunked(true, "", events.substring(0, 30), events.substring(30, 200), events.substring(200)),
                events(events)));
        rows.add(Behaviour.stays(
                true, "finished, but no last chunk", Answers.chunked(false, "", TOKEN, FINISH), events(events)));
        rows.add(Behaviour.stays(
                true, "finished, and then reset", Answers.eventsAndReset(TOKEN, FINISH), events(events)));
        rows.add(Behaviour.stays(
                true, "HTTP/1.0", text(Answers.eventsHead().replace("HTTP/1.1", "HTTP/1.0") + events), events(events)));
        rows.add(Behaviour.stays(
                true, "byte by byte", Answers.byteByByte(Answers.eventsHead() + events), events(events)));
        falls(true, "closes at once", Script.raw(new Step.Fin()), UNREACHABLE);
        falls(true, "resets behind the head", Answers.eventsAndReset(), TRUNCATED);
        falls(true, "no last chunk before the first token", Answers.chunked(false, "", Answers.ROLE), TRUNCATED);
    }

    private static String whole(String body) {
        return HEAD + length(body);
    }

    private static String length(String body) {
        return "content-length: " + body.length() + "\r\n\r\n" + body;
    }

    private void good(String name, String bytes) {
        rows.add(Behaviour.stays(false, name, text(bytes), json(OK)));
    }

    private void falls(String name, Script script, Refusal alone) {
        falls(false, name, script, alone);
    }

    private void falls(boolean stream, String name, Script script, Refusal alone) {
        rows.add(Behaviour.fallsOver(stream, name, script, alone));
    }
}

package com.keeptrusts.gateway.upstreams;

import static com.keeptrusts.gateway.upstreams.Answers.SECRET;
import static com.keeptrusts.gateway.upstreams.Answers.status;
import static com.keeptrusts.gateway.upstreams.Expected.refused;
import static com.keeptrusts.gateway.upstreams.Expected.tryAgain;

import com.keeptrusts.gateway.simulator.script.Script;
import com.keeptrusts.gateway.upstreams.Expected.Refusal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Statuses that are no success, with bodies of every shape. They mean the same whether a stream was asked for or not. */
final class Statuses {

    private static final String FLAT = "{\"message\":\"%s\",\"type\":\"%s\",\"param\":\"%s\",\"code\":\"%s\"}";
    private static final String INVALID = "invalid_request_error";
    private static final String WRAPPED = "{\"status_code\":500,\"error\":{\"message\":\"" + SECRET
            + "\",\"type\":\"server_error\",\"param\":\"\",\"code\":\"\",\"id\":\"\"}}";
    private static final String HTML = "<!DOCTYPE html><html><body><h1>" + SECRET + "</h1></body></html>";
    private static final Refusal FAILED = tryAgain(502, "upstream_error");

    private final List<Behaviour> rows = new ArrayList<>();

    private Statuses() {}

    static List<Behaviour> all() {
        var statuses = new Statuses();
        statuses.ofTheRequest();
        statuses.ofTheGateway();
        statuses.ofTheTarget();
        statuses.redirections();
        return statuses.rows;
    }

    private void ofTheRequest() {
        stays(
                "400 unknown field",
                flat(
                        400,
                        "messages.2.assistant.reasoning_content: property is unsupported",
                        INVALID,
                        "validation_error",
                        "wrong_api_format"),
                refused(400, "wrong_api_format"));
        stays(
                "400 context",
                flat(400, "Please reduce the length", INVALID, "messages", "context_length_exceeded"),
                refused(400, "context_length_exceeded"));
        stays(
                "400 nested",
                status(400, "", "{\"error\":" + FLAT.formatted("m", INVALID, "model", "bad_thing") + "}"),
                refused(400, "bad_thing"));
        stays("400 html", html(400), refused(400, "upstream_invalid_request"));
        stays("400 empty", status(400, "", ""), refused(400, "upstream_invalid_request"));
        stays("400 cut json", status(400, "", "{\"message\":\"" + SECRET), refused(400, "upstream_invalid_request"));
        stays("400 array", status(400, "", "[{\"message\":\"x\"}]"), refused(400, "upstream_invalid_request"));
        stays("400 error is text", status(400, "", "{\"error\":\"no\"}"), refused(400, "upstream_invalid_request"));
        stays(
                "400 code is a number",
                status(400, "", "{\"error\":{\"message\":\"no\",\"code\":400}}"),
                refused(400, "upstream_invalid_request"));
        stays(
                "400 code is no code",
                status(400, "", "{\"message\":\"no\",\"code\":\"a b\\r\\nc\"}"),
                refused(400, "upstream_invalid_request"));
        stays(
                "404 model",
                flat(404, "Model x does not exist", "not_found_error", "model", "model_not_found"),
                refused(404, "model_not_found"));
        stays("404 empty", Answers.whole(404, "content-type: text/plain\r\n", new byte[0]), FAILED);
        stays("405", status(405, "allow: GET\r\n", ""), refused(400, "upstream_invalid_request"));
        stays("409", status(409, "", "{\"message\":\"conflict\"}"), refused(400, "upstream_invalid_request"));
        stays("413", status(413, "", "{\"message\":\"too large\"}"), refused(413, "upstream_request_too_large"));
        stays("415", status(415, "", ""), refused(400, "upstream_invalid_request"));
        stays("418", status(418, "", ""), refused(400, "upstream_invalid_request"));
        stays(
                "422 detail",
                status(
                        422,
                        "",
                        "{\"detail\":[{\"loc\":[\"body\"],\"msg\":\"Field required\",\"input\":\"" + SECRET
                                + "\",\"type\":\"missing\"}]}"),
                refused(400, "upstream_invalid_request"));
    }

    private void ofTheGateway() {
        stays("401", flat(401, "Wrong API Key", INVALID, "api_key", "wrong_api_key"), refused(502, "upstream_auth"));
        stays("401 challenge", status(401, "www-authenticate: Bearer\r\n", ""), refused(502, "upstream_auth"));
        stays("403 detail", status(403, "", "{\"detail\":\"" + SECRET + "\"}"), refused(502, "upstream_auth"));
        fallsOver("402", status(402, "", "{\"message\":\"" + SECRET + "\"}"), refused(502, "upstream_billing"));
    }

    private void ofTheTarget() {
        fallsOver("408", status(408, "", ""), tryAgain(504, "upstream_timeout"));
        for (int status : new int[] {500, 501, 502, 504, 505, 520, 524, 529, 599, 600, 999}) {
            fallsOver(status + " wrapped", status(status, "", WRAPPED), FAILED);
        }
        fallsOver("500 html", html(500), FAILED);
        fallsOver("500 empty", status(500, "", ""), FAILED);
        fallsOver(
                "500 events",
                Answers.whole(
                        500,
                        "content-type: text/event-stream\r\n",
                        "data: {\"error\":{}}\n\n".getBytes(StandardCharsets.UTF_8)),
                FAILED);
        fallsOver("502 html", html(502), FAILED);
        fallsOver("503", status(503, "", WRAPPED), tryAgain(503, "upstream_error"));
        fallsOver(
                "503 with a wait",
                status(503, "retry-after: 5\r\n", ""),
                tryAgain(503, "upstream_error").after("5"));
        fallsOver("503 with a long wait", status(503, "retry-after: 600\r\n", ""), refused(503, "upstream_error"));
        fallsOver(
                "500 that breaks off",
                Answers.text("HTTP/1.1 500 X\r\ncontent-length: 900\r\n\r\n{\"message\":\"" + SECRET),
                FAILED);
        fallsOver("500 gzip", Answers.whole(500, "content-encoding: gzip\r\n", Packed.gzip(WRAPPED)), FAILED);
        fallsOver(
                "500 not gzip",
                Answers.whole(500, "content-encoding: gzip\r\n", "no gzip".getBytes(StandardCharsets.UTF_8)),
                FAILED);
    }

    private void redirections() {
        for (int status : new int[] {300, 301, 302, 303, 304, 307, 308}) {
            fallsOver(
                    Integer.toString(status), status(status, "location: http://127.0.0.1:9/elsewhere\r\n", ""), FAILED);
        }
        fallsOver("102", Answers.text("HTTP/1.1 102 Processing\r\n\r\n"), FAILED);
        fallsOver(
                "101",
                Answers.text("HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n"),
                FAILED);
    }

    private static Script flat(int status, String message, String type, String param, String code) {
        return status(status, "", FLAT.formatted(message, type, param, code));
    }

    private static Script html(int status) {
        return Answers.whole(
                status, "content-type: text/html; charset=UTF-8\r\n", HTML.getBytes(StandardCharsets.UTF_8));
    }

    private void stays(String name, Script script, Refusal alone) {
        rows.add(Behaviour.stays(false, name, script, alone));
        rows.add(Behaviour.stays(true, name, script, alone));
    }

    private void fallsOver(String name, Script script, Refusal alone) {
        rows.add(Behaviour.fallsOver(false, name, script, alone));
        rows.add(Behaviour.fallsOver(true, name, script, alone));
    }
}

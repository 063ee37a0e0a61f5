package com.keeptrusts.gateway.simulator;

import static java.util.concurrent.TimeUnit.SECONDS;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.keeptrusts.gateway.simulator.answer.Json;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A client of the simulator over a real socket, that waits for whole answers. */
final class Caller {

    static final String HELLO = """
            {"model":"llama3.3-70b","messages":[{"role":"user","content":"hello"}]}""";

    private final Context context;
    private final HttpClient client;
    private final int port;

    Caller(Vertx vertx, int port) {
        this.context = vertx.getOrCreateContext();
        this.client = vertx.createHttpClient();
        this.port = port;
    }

    /** A whole answer. */
    record Reply(int status, Map<String, String> headers, Buffer body) {

        JsonNode json() {
            return Caller.json(body.toString());
        }

        String text() {
            return body.toString();
        }

        /** The data of each event, the end marker included. */
        List<String> events() {
            var data = new ArrayList<String>();
            for (String event : text().split("\n\n", -1)) {
                if (event.startsWith("data: ")) {
                    data.add(event.substring(6));
                }
            }
            return data;
        }

        List<JsonNode> chunks() {
            return events().stream()
                    .filter(data -> !data.equals("[DONE]"))
                    .map(Caller::json)
                    .toList();
        }

        /** All that the first choice said. */
        String said(String member) {
            var text = new StringBuilder();
            chunks().forEach(chunk -> text.append(
                    chunk.path("choices").path(0).path("delta").path(member).asText()));
            return text.toString();
        }
    }

    static JsonNode json(String text) {
        try {
            return Json.MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError(text, e);
        }
    }

    static String streamed(String members) {
        return "{\"model\":\"llama3.3-70b\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]"
                + (members.isEmpty() ? "" : "," + members) + "}";
    }

    Reply chat(String body, String... headers) throws Exception {
        return send(HttpMethod.POST, "/v1/chat/completions", body, withKey(headers));
    }

    Reply post(String path, String body, String... headers) throws Exception {
        return send(HttpMethod.POST, path, body, withKey(headers));
    }

    Reply get(String path, String... headers) throws Exception {
        return send(HttpMethod.GET, path, "", withKey(headers));
    }

    Reply put(String path, String body) throws Exception {
        return send(HttpMethod.PUT, path, body, Map.of());
    }

    private static Map<String, String> withKey(String... headers) {
        var all = new LinkedHashMap<String, String>();
        all.put("authorization", "Bearer any");
        for (int at = 0; at < headers.length; at += 2) {
            all.put(headers[at], headers[at + 1]);
        }
        return all;
    }

    Reply send(HttpMethod method, String path, String body, Map<String, String> headers) throws Exception {
        var options = new RequestOptions()
                .setMethod(method)
                .setHost("127.0.0.1")
                .setPort(port)
                .setURI(path);
        headers.forEach(options::putHeader);
        // From a thread of its own the client may lose the body: the stream's context is then not the connection's.
        var reply = Promise.<Reply>promise();
        context.runOnContext(_ -> client.request(options)
                .compose(request -> request.send(Buffer.buffer(body)))
                .compose(Caller::whole)
                .onComplete(reply));
        return reply.future().await(30, SECONDS);
    }

    private static Future<Reply> whole(HttpClientResponse response) {
        var headers = new LinkedHashMap<String, String>();
        response.headers().forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), value));
        return response.body().map(body -> new Reply(response.statusCode(), headers, body));
    }
}

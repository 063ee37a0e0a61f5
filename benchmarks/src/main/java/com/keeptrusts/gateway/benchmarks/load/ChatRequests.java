package com.keeptrusts.gateway.benchmarks.load;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.keeptrusts.gateway.json.CanonicalJson;
import io.vertx.core.buffer.Buffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Renders chat completion requests with {@link Prompts} of a given size. */
public record ChatRequests(String host, int port, String model, int promptBytes, boolean stream, String apiKey) {

    /** Renders {@code count} requests. */
    public List<Buffer> render(int count) {
        return Prompts.some(count, promptBytes).stream()
                .map(prompt -> request(body(prompt)))
                .toList();
    }

    private byte[] body(String prompt) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("model", model);
        body.put("stream", stream);
        body.put("messages", List.of(Map.of("role", "user", "content", prompt)));
        return CanonicalJson.write(body);
    }

    private Buffer request(byte[] body) {
        String head = "POST /v1/chat/completions HTTP/1.1\r\nHost: " + host + ":" + port
                + "\r\nAuthorization: Bearer " + apiKey
                + "\r\nContent-Type: application/json\r\nAccept: application/json\r\nUser-Agent: keeptrusts-bench"
                + "\r\nContent-Length: " + body.length + "\r\n\r\n";
        return Buffer.buffer(head.getBytes(US_ASCII)).appendBytes(body);
    }
}

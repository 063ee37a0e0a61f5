package com.keeptrusts.gateway.benchmarks.load;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.keeptrusts.gateway.json.CanonicalJson;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Renders chat completion requests with harmless prompts of a given size; no two prompts of a list are alike, and the
 * same arguments always give the same list.
 */
public record ChatRequests(String host, int port, String model, int promptBytes, boolean stream, String apiKey) {

    private static final String[] SENTENCES = {
        "Please summarise the notes of this morning's meeting in three short points.",
        "The delivery arrived on Tuesday and two of the boxes were damaged at one corner.",
        "Our team moved the release to the second week of the month because a test kept failing.",
        "Write a friendly answer that explains what happens next and when.",
        "The report compares the rainfall of the last ten years with the harvest of each region.",
        "Which of the two designs is easier to keep clean, and why?",
        "She plants tomatoes along the southern wall and beans where the shade begins.",
        "Translate the following paragraph into plain language for new colleagues.",
        "The train leaves a quarter past nine and the walk to the station takes twelve minutes.",
        "List the steps in the order in which a beginner should learn them."
    };

    /** Renders {@code count} requests. */
    public List<Buffer> render(int count) {
        var requests = new ArrayList<Buffer>();
        for (int seed = 0; seed < count; seed++) {
            requests.add(request(body(prompt(new Random(seed)))));
        }
        return requests;
    }

    private String prompt(Random random) {
        var prompt = new StringBuilder(promptBytes + 100);
        while (prompt.length() < promptBytes) {
            prompt.append(SENTENCES[random.nextInt(SENTENCES.length)]).append(' ');
        }
        return prompt.substring(0, promptBytes);
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

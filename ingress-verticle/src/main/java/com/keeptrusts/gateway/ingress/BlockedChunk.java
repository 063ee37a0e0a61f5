package com.keeptrusts.gateway.ingress;

import com.keeptrusts.gateway.contract.CompletionEvent.CompletionStarted;
import com.keeptrusts.gateway.contract.Endpoint;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.BitSet;

/** The last events of a stream that an output policy stopped: every client understands {@code content_filter}. */
final class BlockedChunk {

    private BlockedChunk() {}

    /** @param choices those that have spoken, each of which gets its end; the first one if none has */
    static Buffer of(Journey journey, BitSet choices) {
        boolean chat = journey.endpoint() == Endpoint.CHAT_COMPLETIONS;
        var ends = new JsonArray();
        if (choices.isEmpty()) {
            ends.add(end(0, chat));
        }
        choices.stream().forEach(choice -> ends.add(end(choice, chat)));
        CompletionStarted started = journey.started();
        JsonObject chunk = new JsonObject()
                .put("id", (chat ? "chatcmpl-" : "cmpl-") + journey.id())
                .put("object", chat ? "chat.completion.chunk" : "text_completion")
                .put("created", System.currentTimeMillis() / 1000)
                .put("model", started == null ? "" : started.servedModel())
                .put("choices", ends);
        return Buffer.buffer("data: " + chunk.encode() + "\n\ndata: [DONE]\n\n");
    }

    private static JsonObject end(int index, boolean chat) {
        JsonObject choice = new JsonObject().put("index", index);
        if (chat) {
            choice.put("delta", new JsonObject());
        } else {
            choice.put("text", "").putNull("logprobs");
        }
        return choice.put("finish_reason", "content_filter");
    }
}

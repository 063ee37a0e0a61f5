package com.keeptrusts.gateway.ingress;

import com.keeptrusts.gateway.contract.CompletionEvent.CompletionStarted;
import com.keeptrusts.gateway.contract.Endpoint;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** The last events of a stream that an output policy stopped: every client understands {@code content_filter}. */
final class BlockedChunk {

    private BlockedChunk() {}

    static Buffer of(Journey journey) {
        boolean chat = journey.endpoint() == Endpoint.CHAT_COMPLETIONS;
        JsonObject choice = new JsonObject().put("index", 0);
        if (chat) {
            choice.put("delta", new JsonObject());
        } else {
            choice.put("text", "").putNull("logprobs");
        }
        choice.put("finish_reason", "content_filter");
        CompletionStarted started = journey.started();
        JsonObject chunk = new JsonObject()
                .put("id", (chat ? "chatcmpl-" : "cmpl-") + journey.id())
                .put("object", chat ? "chat.completion.chunk" : "text_completion")
                .put("created", System.currentTimeMillis() / 1000)
                .put("model", started == null ? "" : started.servedModel())
                .put("choices", new JsonArray().add(choice));
        return Buffer.buffer("data: " + chunk.encode() + "\n\ndata: [DONE]\n\n");
    }
}

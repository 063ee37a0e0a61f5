package com.keeptrusts.gateway.clients;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.Content;
import dev.langchain4j.data.message.ImageContent;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.HttpException;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.request.ToolChoice;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonRawSchema;
import dev.langchain4j.model.chat.request.json.JsonSchema;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** LangChain4j's OpenAI models. */
final class LangChain4j implements Lines.Library {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final Map<Command.Settings, ChatModel> models = new HashMap<>();
    private final Map<Command.Settings, StreamingChatModel> streamingModels = new HashMap<>();

    public static void main(String[] arguments) throws IOException {
        Lines.serve(new LangChain4j());
    }

    @Override
    public void ask(Command command, Answer answer) throws Exception {
        ChatRequest request = request(command.body());
        if (!command.stream()) {
            ChatModel model = models.computeIfAbsent(command.settings(), LangChain4j::model);
            ChatResponse response = model.chat(request);
            read(response, answer);
            var usage = response.tokenUsage();
            answer.usage(usage.inputTokenCount(), usage.outputTokenCount());
            return;
        }
        var reader = new Reader(command.take(), answer);
        streamingModels
                .computeIfAbsent(command.settings(), LangChain4j::streamingModel)
                .chat(request, reader);
        reader.ended.get();
    }

    private static ChatModel model(Command.Settings settings) {
        return OpenAiChatModel.builder()
                .baseUrl(settings.gateway() + "/v1")
                .apiKey(settings.key())
                .maxRetries(settings.retries())
                .timeout(settings.timeout())
                .strictJsonSchema(true)
                .build();
    }

    private static StreamingChatModel streamingModel(Command.Settings settings) {
        return OpenAiStreamingChatModel.builder()
                .baseUrl(settings.gateway() + "/v1")
                .apiKey(settings.key())
                .timeout(settings.timeout())
                .build();
    }

    private static ChatRequest request(JsonNode body) throws JsonProcessingException {
        var request = ChatRequest.builder().modelName(body.path("model").asText());
        request.messages(UserMessage.from(content(body.path("messages").path(0).path("content"))));
        for (JsonNode tool : body.path("tools")) {
            JsonNode function = tool.path("function");
            request.toolSpecifications(ToolSpecification.builder()
                            .name(function.path("name").asText())
                            .description(function.path("description").asText())
                            .parameters(schema(function.path("parameters")))
                            .build())
                    .toolChoice(ToolChoice.REQUIRED);
        }
        JsonNode format = body.path("response_format").path("json_schema");
        if (format.isObject()) {
            request.responseFormat(ResponseFormat.builder()
                    .type(ResponseFormatType.JSON)
                    .jsonSchema(JsonSchema.builder()
                            .name(format.path("name").asText())
                            .rootElement(schema(format.path("schema")))
                            .build())
                    .build());
        }
        return request.build();
    }

    private static List<Content> content(JsonNode content) {
        if (content.isTextual()) {
            return List.of(TextContent.from(content.asText()));
        }
        var parts = new ArrayList<Content>();
        for (JsonNode part : content) {
            parts.add(
                    part.has("text")
                            ? TextContent.from(part.path("text").asText())
                            : ImageContent.from(
                                    part.path("image_url").path("url").asText()));
        }
        return parts;
    }

    private static JsonObjectSchema schema(JsonNode schema) throws JsonProcessingException {
        var builder = JsonObjectSchema.builder().additionalProperties(false);
        for (var property : schema.path("properties").properties()) {
            builder.addProperty(property.getKey(), JsonRawSchema.from(MAPPER.writeValueAsString(property.getValue())));
        }
        var required = new ArrayList<String>();
        schema.path("required").forEach(name -> required.add(name.asText()));
        return builder.required(required).build();
    }

    private static void read(ChatResponse response, Answer answer) {
        AiMessage message = response.aiMessage();
        Answer.Choice into = answer.choice(0);
        if (message.text() != null) {
            into.say(message.text());
        }
        calls(response, into);
    }

    private static void calls(ChatResponse response, Answer.Choice into) {
        var calls = response.aiMessage().toolExecutionRequests();
        for (int at = 0; at < calls.size(); at++) {
            into.call(at, calls.get(at).name(), calls.get(at).arguments());
        }
        if (response.finishReason() != null) {
            String reason = response.finishReason().name().toLowerCase(Locale.ROOT);
            into.finish(reason.equals("tool_execution") ? "tool_calls" : reason);
        }
    }

    /** Reads a stream until it ends, or until enough of it was read. */
    private static final class Reader implements StreamingChatResponseHandler {

        private final CompletableFuture<@Nullable Void> ended = new CompletableFuture<>();
        private final int take;
        private final Answer answer;

        Reader(int take, Answer answer) {
            this.take = take;
            this.answer = answer;
        }

        @Override
        public void onPartialResponse(PartialResponse partial, PartialResponseContext context) {
            answer.choice(0).say(partial.text());
            if (answer.event() >= take) {
                context.streamingHandle().cancel();
                ended.complete(null);
            }
        }

        @Override
        public void onCompleteResponse(ChatResponse response) {
            calls(response, answer.choice(0));
            ended.complete(null);
        }

        @Override
        public void onError(Throwable error) {
            ended.completeExceptionally(error);
        }
    }

    @Override
    public void describe(Exception thrown, Answer answer) {
        Throwable cause =
                thrown instanceof ExecutionException && thrown.getCause() != null ? thrown.getCause() : thrown;
        String kind = cause.getClass().getSimpleName();
        String body = String.valueOf(cause.getMessage());
        Integer status = null;
        for (Throwable each = cause; each != null; each = each.getCause()) {
            if (each instanceof HttpException http) {
                status = http.statusCode();
            }
        }
        answer.error(kind, status, code(body), body);
    }

    /** LangChain4j gives the body of a refusal as its message. */
    private static @Nullable String code(String body) {
        try {
            return MAPPER.readTree(body).path("error").path("code").textValue();
        } catch (JsonProcessingException e) {
            return null;
        }
    }
}

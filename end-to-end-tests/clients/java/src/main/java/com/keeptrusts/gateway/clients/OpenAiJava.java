package com.keeptrusts.gateway.clients;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.ObjectMappers;
import com.openai.core.http.StreamResponse;
import com.openai.errors.OpenAIServiceException;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionTokenLogprob;
import java.io.IOException;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** openai-java. */
final class OpenAiJava implements Lines.Library {

    private final Map<Command.Settings, OpenAIClient> clients = new HashMap<>();

    public static void main(String[] arguments) throws IOException {
        Lines.serve(new OpenAiJava());
    }

    @Override
    public void ask(Command command, Answer answer) throws Exception {
        OpenAIClient client = clients.computeIfAbsent(command.settings(), OpenAiJava::client);
        var body = ObjectMappers.jsonMapper().treeToValue(command.body(), ChatCompletionCreateParams.Body.class);
        var params = ChatCompletionCreateParams.builder().body(body).build();
        if (!command.stream()) {
            read(client.chat().completions().create(params), answer);
            return;
        }
        try (StreamResponse<ChatCompletionChunk> stream =
                client.chat().completions().createStreaming(params)) {
            Iterator<ChatCompletionChunk> chunks = stream.stream().iterator();
            while (chunks.hasNext()) {
                read(chunks.next(), answer);
                if (answer.event() >= command.take()) {
                    return;
                }
            }
        }
    }

    private static OpenAIClient client(Command.Settings settings) {
        return OpenAIOkHttpClient.builder()
                .baseUrl(settings.gateway() + "/v1")
                .apiKey(settings.key())
                .maxRetries(settings.retries())
                .timeout(settings.timeout())
                .build();
    }

    private static void read(ChatCompletion completion, Answer answer) {
        for (ChatCompletion.Choice choice : completion.choices()) {
            Answer.Choice into = answer.choice((int) choice.index());
            choice.message().content().ifPresent(into::say);
            into.finish(choice.finishReason().asString());
            logprobs(
                    choice.logprobs()
                            .flatMap(ChatCompletion.Choice.Logprobs::content)
                            .orElse(List.of()),
                    into);
            var calls = choice.message().toolCalls().orElse(List.of());
            for (int at = 0; at < calls.size(); at++) {
                var function = calls.get(at).asFunction().function();
                into.call(at, function.name(), function.arguments());
            }
        }
        completion.usage().ifPresent(usage -> answer.usage(usage.promptTokens(), usage.completionTokens()));
    }

    private static void read(ChatCompletionChunk chunk, Answer answer) {
        for (ChatCompletionChunk.Choice choice : chunk.choices()) {
            Answer.Choice into = answer.choice((int) choice.index());
            choice.delta().content().ifPresent(into::say);
            choice.finishReason().ifPresent(reason -> into.finish(reason.asString()));
            logprobs(
                    choice.logprobs()
                            .flatMap(ChatCompletionChunk.Choice.Logprobs::content)
                            .orElse(List.of()),
                    into);
            for (var call : choice.delta().toolCalls().orElse(List.of())) {
                call.function()
                        .ifPresent(function -> into.call(
                                (int) call.index(),
                                function.name().orElse(""),
                                function.arguments().orElse("")));
            }
        }
    }

    private static void logprobs(List<ChatCompletionTokenLogprob> tokens, Answer.Choice into) {
        tokens.forEach(token -> into.logprob(token.token(), token.logprob()));
    }

    @Override
    public void describe(Exception thrown, Answer answer) {
        String kind = thrown.getClass().getSimpleName();
        if (thrown instanceof OpenAIServiceException refused) {
            String body = ObjectMappers.jsonMapper().valueToTree(refused.body()).toString();
            answer.error(kind, refused.statusCode(), refused.code().orElse(null), body);
        } else {
            answer.error(kind, null, null, String.valueOf(thrown.getMessage()));
        }
    }
}

package com.keeptrusts.gateway.simulator.answer;

import com.keeptrusts.gateway.simulator.Persona;
import com.keeptrusts.gateway.simulator.request.CompletionRequest;

/** Which dialect an answer is written in. */
public final class Dialects {

    private Dialects() {}

    public static Dialect of(Persona persona, Answer answer, CompletionRequest request) {
        return switch (request.kind()) {
            case CHAT ->
                switch (persona) {
                    case CEREBRAS -> new CerebrasDialect(answer);
                    case OPENAI -> new OpenAiDialect(answer, request.includeUsage(), request.obfuscated());
                };
            case TEXT ->
                switch (persona) {
                    case CEREBRAS -> new CerebrasTextDialect(answer);
                    case OPENAI -> new OpenAiTextDialect(answer, request.includeUsage());
                };
        };
    }
}

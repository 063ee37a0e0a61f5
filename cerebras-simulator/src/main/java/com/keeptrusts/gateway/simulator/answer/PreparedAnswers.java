package com.keeptrusts.gateway.simulator.answer;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.keeptrusts.gateway.simulator.request.CompletionRequest;
import com.keeptrusts.gateway.simulator.request.Options;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the model was told to say beforehand; the first rule that fits a request speaks. Thread-safe. */
public final class PreparedAnswers {

    private final List<Waiting> rules = new ArrayList<>();

    /** Says {@code text} to requests for {@code model} whose last user message contains {@code when}, so many times. */
    public record Rule(@Nullable String model, String when, String text, int times) {

        /** To every request, always. */
        public static Rule always(String text) {
            return new Rule(null, "", text, Integer.MAX_VALUE);
        }

        private boolean fits(CompletionRequest request) {
            return (model == null || model.equals(request.model()))
                    && request.lastUserText().contains(when);
        }
    }

    private static final class Waiting {
        private final Rule rule;
        private int left;

        Waiting(Rule rule) {
            this.rule = rule;
            this.left = rule.times();
        }
    }

    public synchronized void set(List<Rule> newRules) {
        rules.clear();
        newRules.forEach(this::add);
    }

    public synchronized void add(Rule rule) {
        rules.add(new Waiting(rule));
    }

    synchronized @Nullable String textFor(CompletionRequest request) {
        for (Waiting waiting : rules) {
            if (waiting.left > 0 && waiting.rule.fits(request)) {
                waiting.left--;
                return waiting.rule.text();
            }
        }
        return null;
    }

    /** What is to be said: the request's own {@code text} (base64) or {@code echo} option, else a rule, else nothing. */
    public @Nullable String choose(CompletionRequest request, Options options) {
        String own = options.text("text");
        if (own != null) {
            return new String(Base64.getDecoder().decode(own), UTF_8);
        }
        return options.flag("echo", false) ? request.lastUserText() : textFor(request);
    }
}

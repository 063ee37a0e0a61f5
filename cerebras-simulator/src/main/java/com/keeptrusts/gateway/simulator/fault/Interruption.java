package com.keeptrusts.gateway.simulator.fault;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.keeptrusts.gateway.simulator.pace.Feed.Ending;
import com.keeptrusts.gateway.simulator.refusal.Refusal;
import com.keeptrusts.gateway.simulator.refusal.Refusals;
import com.keeptrusts.gateway.simulator.request.Options;
import java.util.Base64;
import java.util.Optional;

/** What happens instead of an answer. */
public sealed interface Interruption {

    /** No byte is ever sent. */
    record Silence(Ending ending) implements Interruption {}

    /** An error of the service. */
    record Reply(Refusal refusal) implements Interruption {}

    /** What the options ask for, if they do: {@code refuse}, {@code error}, {@code status}, {@code body}. */
    static Optional<Interruption> of(Options options, Refusals refusals) {
        String refuse = options.text("refuse");
        if (refuse != null) {
            return Optional.of(new Silence(
                    switch (refuse) {
                        case "fin" -> Ending.FIN;
                        case "rst" -> Ending.RST;
                        case "hang" -> Ending.STALL;
                        default ->
                            throw new IllegalArgumentException("refuse: " + refuse + " (expected: fin, rst or hang)");
                    }));
        }
        if (!options.has("status") && !options.has("error") && !options.has("body")) {
            return Optional.empty();
        }
        return Optional.of(new Reply(withOwnBody(refusal(options, refusals), options)));
    }

    private static Refusal refusal(Options options, Refusals refusals) {
        int status = options.whole("status", 0);
        String error = options.text("error");
        if (error == null) {
            return usual(status == 0 ? 200 : status, refusals);
        }
        Refusal named = refusals.named(error, status == 0 ? 500 : status);
        return status == 0 ? named : new Refusal(status, named.contentType(), named.body());
    }

    private static Refusal usual(int status, Refusals refusals) {
        return switch (status) {
            case 401 -> refusals.wrongKey("");
            case 403 -> refusals.noKey();
            case 429 -> refusals.queue();
            default -> refusals.failure(status);
        };
    }

    private static Refusal withOwnBody(Refusal refusal, Options options) {
        String body = options.text("body");
        return body == null
                ? refusal
                : new Refusal(
                        refusal.status(),
                        options.text("content_type", refusal.contentType()),
                        new String(Base64.getDecoder().decode(body), UTF_8));
    }
}

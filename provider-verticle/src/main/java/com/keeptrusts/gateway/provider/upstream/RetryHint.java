package com.keeptrusts.gateway.provider.upstream;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How long a target asks to be left alone, in whichever of the ways that occur. What makes no sense is no hint. */
public final class RetryHint {

    private static final Pattern SECONDS = Pattern.compile("\\d{1,9}(\\.\\d{1,20})?");
    private static final Pattern SPANS = Pattern.compile("(?:(\\d{1,4})h)?(?:(\\d{1,4})m(?!s))?"
            + "(?:(\\d{1,6}(?:\\.\\d{1,9})?)s)?(?:(\\d{1,9}(?:\\.\\d{1,9})?)ms)?");

    private RetryHint() {}

    /**
     * Reads the headers of a refusal.
     *
     * @param header value of the header with a name in lower case, or null
     * @param rateLimited whether the state of the rate limits is the reason
     */
    public static @Nullable Long of(Function<String, @Nullable String> header, boolean rateLimited, Instant now) {
        Long millis = number(header.apply("retry-after-ms"), 1);
        if (millis != null) {
            return millis;
        }
        String after = header.apply("retry-after");
        if (after != null) {
            Long seconds = number(after, 1_000);
            return seconds != null ? seconds : date(after, now);
        }
        return rateLimited ? reset(header) : null;
    }

    /** Cerebras says when the minute's tokens and the day's requests come back; others when either is used up. */
    private static @Nullable Long reset(Function<String, @Nullable String> header) {
        for (String bucket : new String[] {"requests-day", "requests", "tokens-minute", "tokens"}) {
            if (isEmpty(header.apply("x-ratelimit-remaining-" + bucket))) {
                String reset = header.apply("x-ratelimit-reset-" + bucket);
                Long wait = reset == null ? null : span(reset.strip());
                if (wait != null) {
                    return wait;
                }
            }
        }
        String tokens = header.apply("x-ratelimit-reset-tokens-minute");
        return tokens == null ? null : number(tokens, 1_000);
    }

    private static boolean isEmpty(@Nullable String remaining) {
        return remaining != null && remaining.strip().matches("0|-\\d+");
    }

    private static @Nullable Long number(@Nullable String text, int unit) {
        if (text == null || !SECONDS.matcher(text.strip()).matches()) {
            return null;
        }
        return (long) Math.ceil(Double.parseDouble(text.strip()) * unit);
    }

    private static @Nullable Long span(String text) {
        Long seconds = number(text, 1_000);
        if (seconds != null) {
            return seconds;
        }
        Matcher spans = SPANS.matcher(text);
        if (text.isEmpty() || !spans.matches()) {
            return null;
        }
        double millis = part(spans.group(1)) * 3_600_000
                + part(spans.group(2)) * 60_000
                + part(spans.group(3)) * 1_000
                + part(spans.group(4));
        return (long) Math.ceil(millis);
    }

    private static double part(@Nullable String number) {
        return number == null ? 0 : Double.parseDouble(number);
    }

    private static @Nullable Long date(String text, Instant now) {
        try {
            Instant then = ZonedDateTime.parse(text.strip(), DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            return then.isAfter(now) ? Duration.between(now, then).toMillis() : null;
        } catch (DateTimeException e) {
            return null;
        }
    }
}

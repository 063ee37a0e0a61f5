package com.keeptrusts.gateway.node;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class WordlessTraceTest {

    @Test
    void anExceptionIsLoggedByItsClassesAndPlacesAndWithoutItsWords() {
        var surprise = new IllegalStateException("csk-secret", new IOException("jane@example.com"));

        String line = traceOf(surprise);

        assertThat(line)
                .contains(
                        "java.lang.IllegalStateException at ", "caused by java.io.IOException at ", "WordlessTraceTest")
                .doesNotContain("csk-secret")
                .doesNotContain("jane");
    }

    @Test
    void aLineWithoutAnExceptionGetsNothingMore() {
        assertThat(traceOf(null)).isEmpty();
    }

    private static String traceOf(@Nullable Throwable surprise) {
        var logger = new LoggerContext().getLogger("test");
        return new WordlessTrace().convert(new LoggingEvent("", logger, Level.ERROR, "failed", surprise, null));
    }
}

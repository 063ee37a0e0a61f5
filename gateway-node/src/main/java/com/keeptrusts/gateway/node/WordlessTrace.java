package com.keeptrusts.gateway.node;

import ch.qos.logback.classic.pattern.ThrowableHandlingConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;

/**
 * Prints an exception of a log line as the classes of its causes and where they came from, and never their messages: those
 * of libraries may quote a key or what people wrote.
 */
public final class WordlessTrace extends ThrowableHandlingConverter {

    private static final int FRAMES = 12;
    private static final int CAUSES = 5;

    @Override
    public String convert(ILoggingEvent event) {
        var trace = new StringBuilder();
        IThrowableProxy cause = event.getThrowableProxy();
        for (int depth = 0; cause != null && depth < CAUSES; depth++) {
            trace.append(depth == 0 ? "    " : "    caused by ").append(cause.getClassName());
            append(trace, cause.getStackTraceElementProxyArray());
            cause = cause.getCause();
        }
        return trace.toString();
    }

    private static void append(StringBuilder trace, StackTraceElementProxy[] frames) {
        for (int i = 0; i < Math.min(FRAMES, frames.length); i++) {
            trace.append(i == 0 ? " at " : " < ").append(frames[i].getStackTraceElement());
        }
        trace.append(System.lineSeparator());
    }
}

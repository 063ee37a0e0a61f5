package com.keeptrusts.gateway.simulator.fault;

import com.keeptrusts.gateway.simulator.pace.Feed.Ending;
import com.keeptrusts.gateway.simulator.request.Options;
import java.util.Locale;
import java.util.Set;

/**
 * What goes wrong inside an answer. Events count from 1, the opening one included; a JSON answer is one event; {@link #NEVER} is the
 * place that no event has.
 */
public record BodyFaults(
        int cutAfterEvents,
        long cutAfterBytes,
        CutInside cutInside,
        Ending cut,
        int malformedAt,
        int errorAt,
        int oversizeAt,
        int oversizeBytes,
        int commentEvery,
        boolean noFinish,
        boolean duplicateDone,
        boolean afterDone,
        boolean bom,
        boolean gzip,
        Framing framing,
        StreamError error) {

    static final int NEVER = Integer.MAX_VALUE;

    private static final Set<String> TRIGGERS = Set.of(
            "cut_after_events",
            "cut_after_bytes",
            "malformed_at",
            "error_at",
            "oversize_at",
            "comment_every",
            "no_finish",
            "duplicate_done",
            "after_done",
            "bom",
            "gzip",
            "framing");

    /** How far into the next event a cut reaches. */
    public enum CutInside {
        NOTHING,
        JSON,
        UTF8
    }

    /** The line ends of the stream. */
    public enum Framing {
        LF,
        CRLF,
        CR
    }

    /** The error that arrives as an event. */
    public record StreamError(int status, String code, boolean named) {}

    /** Whether the options ask for any of this: if not, the answer takes the fast way. */
    public static boolean askedFor(Options options) {
        return TRIGGERS.stream().anyMatch(options::has);
    }

    public static BodyFaults of(Options options) {
        return new BodyFaults(
                options.whole("cut_after_events", NEVER),
                options.big("cut_after_bytes", Long.MAX_VALUE),
                named(CutInside.class, options, "cut_inside", CutInside.NOTHING),
                ending(options),
                options.whole("malformed_at", NEVER),
                options.whole("error_at", NEVER),
                options.whole("oversize_at", NEVER),
                options.whole("oversize_bytes", 1024 * 1024),
                options.whole("comment_every", NEVER),
                options.flag("no_finish", false),
                options.flag("duplicate_done", false),
                options.flag("after_done", false),
                options.flag("bom", false),
                options.flag("gzip", false),
                named(Framing.class, options, "framing", Framing.LF),
                new StreamError(
                        options.whole("error_status", 500),
                        options.text("error_code", ""),
                        options.flag("error_named", false)));
    }

    private static Ending ending(Options options) {
        String how = options.text("cut");
        return "clean".equals(how) ? Ending.COMPLETE : named(Ending.class, options, "cut", Ending.FIN);
    }

    private static <E extends Enum<E>> E named(Class<E> type, Options options, String name, E otherwise) {
        String value = options.text(name);
        return value == null ? otherwise : Enum.valueOf(type, value.strip().toUpperCase(Locale.ROOT));
    }
}

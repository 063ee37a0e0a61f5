package com.keeptrusts.gateway.provider;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** What a body turns out to be by its first bytes: targets mislabel them, and a client hears of it too late. */
enum AnswerForm {
    EVENTS,
    JSON,
    OTHER,
    /** Too few bytes to tell. */
    UNDECIDED;

    private static final List<String> FIELDS = List.of("data", "event", "id", "retry");
    private static final byte[] BOM = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    static AnswerForm of(byte[] body) {
        int start = mark(body);
        while (start < body.length && " \t\r\n".indexOf(body[start]) >= 0) {
            start++;
        }
        if (start == body.length) {
            return UNDECIDED;
        }
        return switch (body[start]) {
            case '{', '[', '"' -> JSON;
            case ':' -> EVENTS;
            default -> byField(new String(body, start, Math.min(8, body.length - start), StandardCharsets.ISO_8859_1));
        };
    }

    /** The body without its byte order mark. */
    static byte[] unmarked(byte[] body) {
        int start = mark(body);
        return start == 0 ? body : Arrays.copyOfRange(body, start, body.length);
    }

    private static AnswerForm byField(String beginning) {
        for (String field : FIELDS) {
            if (beginning.startsWith(field + ":")) {
                return EVENTS;
            }
            if ((field + ":").startsWith(beginning)) {
                return UNDECIDED;
            }
        }
        return OTHER;
    }

    private static int mark(byte[] body) {
        for (int i = 0; i < BOM.length; i++) {
            if (i == body.length || body[i] != BOM[i]) {
                return 0;
            }
        }
        return BOM.length;
    }
}

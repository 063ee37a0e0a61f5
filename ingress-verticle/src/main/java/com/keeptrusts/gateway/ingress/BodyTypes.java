package com.keeptrusts.gateway.ingress;

import com.keeptrusts.gateway.contract.ErrorCode;
import io.vertx.core.http.HttpServerRequest;
import java.util.Locale;

/** Which bodies are understood (WIRE R17, R18): JSON in UTF-8, plain or gzip. What is not understood has no policy. */
final class BodyTypes {

    private BodyTypes() {}

    /** Throws {@link Refused} for any other. */
    static void check(HttpServerRequest http) {
        String type = http.getHeader("content-type");
        if (type != null && !isJson(type)) {
            throw Refused.of(ErrorCode.UNSUPPORTED_MEDIA_TYPE, "content-type: (expected: application/json, in UTF-8)");
        }
        String encoding = encoding(http);
        if (!encoding.equals("identity") && !encoding.equals("gzip")) {
            throw Refused.of(ErrorCode.UNSUPPORTED_MEDIA_TYPE, "content-encoding: (expected: none or gzip)");
        }
    }

    static boolean packed(HttpServerRequest http) {
        return encoding(http).equals("gzip");
    }

    private static String encoding(HttpServerRequest http) {
        String encoding = http.getHeader("content-encoding");
        return encoding == null ? "identity" : encoding.strip().toLowerCase(Locale.ROOT);
    }

    private static boolean isJson(String type) {
        String lower = type.toLowerCase(Locale.ROOT);
        int semicolon = lower.indexOf(';');
        String media = semicolon < 0 ? lower : lower.substring(0, semicolon);
        int charset = lower.indexOf("charset=");
        return media.strip().equals("application/json") && (charset < 0 || isUtf8(lower.substring(charset + 8)));
    }

    /** With or without quotes and the hyphen, as clients write it. */
    private static boolean isUtf8(String charset) {
        int end = charset.indexOf(';');
        String name = (end < 0 ? charset : charset.substring(0, end))
                .replace("\"", "")
                .strip();
        return name.equals("utf-8") || name.equals("utf8");
    }
}

package com.keeptrusts.gateway.provider.upstream;

import com.keeptrusts.gateway.json.JsonDocument;
import com.keeptrusts.gateway.json.JsonKind;
import com.keeptrusts.gateway.json.JsonNode;
import com.keeptrusts.gateway.json.JsonRefusal;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a target says of an error, in whichever of the shapes that occur: flat, nested under {@code error}, wrapped with
 * a {@code status_code}, or as {@code detail}. Prints no message: it may quote the request.
 *
 * @param status as the body says, or 0
 */
public record UpstreamError(
        int status,
        @Nullable String message,
        @Nullable String type,
        @Nullable String param,
        @Nullable String code) {

    public static final UpstreamError SILENT = new UpstreamError(0, null, null, null, null);

    private static final List<String> STATUS_MEMBERS = List.of("status_code", "status", "code");
    private static final Pattern STATUS = Pattern.compile("[45]\\d\\d");

    /** Reads an error body; of one that is no JSON object nothing is known. */
    public static UpstreamError of(byte[] body) {
        try {
            return of(JsonDocument.parse(body).root()).orElse(SILENT);
        } catch (JsonRefusal e) {
            return SILENT;
        }
    }

    /** Reads the object, when it has one of the shapes. */
    public static Optional<UpstreamError> of(JsonNode root) {
        if (root.kind() != JsonKind.OBJECT) {
            return Optional.empty();
        }
        int code = status(root, 0);
        JsonNode error = root.member("error");
        if (error != null && error.kind() == JsonKind.OBJECT) {
            return Optional.of(flat(error, status(error, code)));
        }
        if (error != null && error.kind() == JsonKind.STRING) {
            return Optional.of(new UpstreamError(code, error.text(), null, null, null));
        }
        JsonNode detail = root.member("detail");
        if (detail != null) {
            return Optional.of(new UpstreamError(code, detail(detail), null, null, null));
        }
        return root.member("message") == null ? Optional.empty() : Optional.of(flat(root, code));
    }

    /** Whether the object holds an error beside, or instead of, its choices. */
    public static boolean isIn(JsonNode root) {
        JsonNode error = root.member("error");
        return (error != null && saysSomething(error)) || (root.member("choices") == null && isAnError(root));
    }

    private static boolean saysSomething(JsonNode error) {
        return switch (error.kind()) {
            case NULL, FALSE -> false;
            case STRING -> error.end() - error.start() > 2;
            case OBJECT, ARRAY, NUMBER, TRUE -> true;
        };
    }

    /** Whether an object without choices is itself what is said of an error. */
    private static boolean isAnError(JsonNode root) {
        return root.member("detail") != null
                || status(root, 0) != 0
                || (root.member("message") != null && (root.member("type") != null || root.member("code") != null));
    }

    /** An HTTP status, as a number or as text, in whichever member it stands. */
    private static int status(JsonNode object, int otherwise) {
        for (String name : STATUS_MEMBERS) {
            JsonNode value = object.member(name);
            if (value != null && STATUS.matcher(value.text()).matches()) {
                return Integer.parseInt(value.text());
            }
        }
        return otherwise;
    }

    @Override
    public String toString() {
        return "UpstreamError[" + status + "]";
    }

    private static UpstreamError flat(JsonNode error, int status) {
        return new UpstreamError(
                status, text(error, "message"), text(error, "type"), text(error, "param"), text(error, "code"));
    }

    /** A sentence, or FastAPI's list, of which only what is wrong is taken and never the input that it may quote. */
    private static @Nullable String detail(JsonNode detail) {
        if (detail.kind() == JsonKind.STRING) {
            return detail.text();
        }
        if (detail.kind() == JsonKind.ARRAY) {
            for (JsonNode problem : detail.elements()) {
                if (problem.kind() == JsonKind.OBJECT) {
                    return text(problem, "msg");
                }
            }
        }
        return null;
    }

    private static @Nullable String text(JsonNode object, String name) {
        JsonNode value = object.member(name);
        return value == null || value.kind() != JsonKind.STRING || value.text().isBlank() ? null : value.text();
    }
}

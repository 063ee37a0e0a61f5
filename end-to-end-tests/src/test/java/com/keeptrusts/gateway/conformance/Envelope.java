package com.keeptrusts.gateway.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** What an error looks like on the wire (WIRE 4.3). */
record Envelope(
        int status, String type, String code, @Nullable String param, boolean retry) {

    static Envelope invalid(String code) {
        return new Envelope(400, "invalid_request_error", code, null, false);
    }

    static Envelope server(int status, String code, boolean retry) {
        return new Envelope(status, "server_error", code, null, retry);
    }

    Envelope at(@Nullable String newParam) {
        return new Envelope(status, type, code, newParam, retry);
    }

    /** The dual envelope with this status, and what its headers say. */
    void assertIs(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        JsonObject flat = answer.json();
        JsonObject nested = flat.getJsonObject("error");
        assertThat(nested.getString("type")).isEqualTo(type);
        assertThat(nested.getString("code")).isEqualTo(code);
        assertThat(nested.getString("param")).isEqualTo(param);
        assertThat(nested.getString("message")).isNotBlank();
        assertThat(flat.getInteger("status_code")).isEqualTo(status);
        for (String member : nested.fieldNames()) {
            assertThat(flat.getValue(member)).as(member).isEqualTo(nested.getValue(member));
        }
        assertThat(nested.fieldNames()).contains("message", "type", "param", "code");
        assertThat(answer.header("content-type")).isEqualTo("application/json");
        assertThat(answer.header("x-should-retry")).isEqualTo(Boolean.toString(retry));
        assertThat(answer.requestId()).isNotBlank();
        String wait = answer.header("retry-after");
        if (!wait.isEmpty()) {
            assertThat(Integer.parseInt(wait)).isBetween(1, 60);
        }
    }

    /** Ends a stream that began with this: the one frame that raises in every client, then the end. */
    void assertEnds(String beginning, Answer answer) {
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).startsWith(beginning);
        String frame = answer.body().substring(beginning.length());
        assertThat(frame).startsWith("event: error\ndata: {").endsWith("}\n\ndata: [DONE]\n\n");
        String data =
                frame.substring("event: error\ndata: ".length(), frame.length() - "\n\ndata: [DONE]\n\n".length());
        assertThat(data).doesNotContain("\n");
        JsonObject error = new JsonObject(data).getJsonObject("error");
        assertThat(new JsonObject(data).fieldNames()).containsExactly("error");
        assertThat(error.getString("type")).isEqualTo(type);
        assertThat(error.getString("code")).isEqualTo(code);
        assertThat(error.getString("param")).isEqualTo(param);
        assertThat(error.getString("message")).isNotBlank();
        assertThat(error.fieldNames()).contains("message", "type", "param", "code");
        assertThat(answer.complete()).isTrue();
    }
}

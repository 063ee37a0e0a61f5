package com.keeptrusts.gateway.upstreams;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** What a client must see. */
sealed interface Expected {

    void check(Heard heard);

    /** A whole answer with exactly this body. */
    record Answer(String body, String contentType) implements Expected {

        @Override
        public void check(Heard heard) {
            assertThat(heard.status()).as(heard.body()).isBetween(200, 299);
            assertThat(heard.body()).isEqualTo(body);
            assertThat(heard.headers().allValues("content-type")).containsExactly(contentType);
            assertThat(heard.header("content-encoding")).isEmpty();
            assertThat(heard.header("set-cookie")).isEmpty();
        }
    }

    /** A status of its own, with the error in both of the shapes that clients read. */
    record Refusal(
            int status,
            String code,
            boolean retry,
            @Nullable String retryAfter) implements Expected {

        /** The same, with the wait that the client is told. */
        Refusal after(String seconds) {
            return new Refusal(status, code, retry, seconds);
        }

        @Override
        public void check(Heard heard) {
            assertThat(heard.status()).as(heard.body()).isEqualTo(status);
            assertThat(heard.headers().allValues("content-type")).containsExactly("application/json");
            var envelope = new JsonObject(heard.body());
            JsonObject nested = envelope.getJsonObject("error");
            assertThat(nested.fieldNames()).containsExactly("message", "type", "param", "code");
            assertThat(nested.getString("code")).isEqualTo(code);
            assertThat(nested.getString("message")).isNotBlank();
            nested.forEach(
                    member -> assertThat(envelope.getValue(member.getKey())).isEqualTo(member.getValue()));
            assertThat(envelope.getInteger("status_code")).isEqualTo(status);
            assertThat(heard.header("x-request-id")).isNotEmpty();
            assertThat(heard.header("x-should-retry")).isEqualTo(Boolean.toString(retry));
            assertThat(heard.header("retry-after")).isEqualTo(retryAfter == null ? "" : retryAfter);
        }
    }

    /** A stream that began, and then the frame that raises in every client. */
    record Break(String before, String code) implements Expected {

        private static final String EVENT = "event: error\ndata: ";
        private static final String END = "\n\ndata: [DONE]\n\n";

        @Override
        public void check(Heard heard) {
            assertThat(heard.status()).isEqualTo(200);
            assertThat(heard.header("content-type")).isEqualTo("text/event-stream; charset=utf-8");
            assertThat(heard.body()).startsWith(before + EVENT).endsWith(END);
            var frame = new JsonObject(heard.body()
                    .substring(before.length() + EVENT.length(), heard.body().length() - END.length()));
            assertThat(frame.fieldNames()).containsExactly("error");
            JsonObject error = frame.getJsonObject("error");
            assertThat(error.fieldNames()).containsExactly("message", "type", "param", "code");
            assertThat(error.getString("code")).isEqualTo(code);
        }
    }

    static Answer json(String body) {
        return new Answer(body, "application/json");
    }

    static Answer events(String body) {
        return new Answer(body, "text/event-stream; charset=utf-8");
    }

    /** Nothing that another try would change. */
    static Refusal refused(int status, String code) {
        return new Refusal(status, code, false, null);
    }

    static Refusal tryAgain(int status, String code) {
        return new Refusal(status, code, true, null);
    }
}

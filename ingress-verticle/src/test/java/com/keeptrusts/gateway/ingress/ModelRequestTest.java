package com.keeptrusts.gateway.ingress;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.keeptrusts.gateway.contract.Endpoint;
import com.keeptrusts.gateway.contract.ErrorCode;
import com.keeptrusts.gateway.contract.Failure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelRequestTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|INVALID_JSON|",
                "{\"model\":\"m\",\"messages\":[]} x|INVALID_JSON|",
                "{\"model\":NaN}|INVALID_JSON|",
                "{/**/\"model\":\"m\"}|INVALID_JSON|",
                "[]|INVALID_TYPE|",
                "{\"messages\":[]}|INVALID_TYPE|model",
                "{\"model\":7,\"messages\":[]}|INVALID_TYPE|model",
                "{\"model\":\"m\"}|INVALID_TYPE|messages",
                "{\"model\":\"m\",\"messages\":\"hi\"}|INVALID_TYPE|messages",
                "{\"model\":\"m\",\"messages\":[],\"stream\":\"yes\"}|INVALID_TYPE|stream",
                "{\"model\":\"m\",\"messages\":[],\"stream\":1}|INVALID_TYPE|stream",
                "{\"model\":\"m\",\"mod\\u0065l\":\"n\",\"messages\":[]}|DUPLICATE_FIELD|model",
                "{\"model\":\"m\",\"messages\":[{\"content\":\"a\",\"content\":\"b\"}]}|DUPLICATE_FIELD|messages[0].content",
            })
    void whatIsNoRequestIsRefusedByName_R5_R7_R11_R16_E1(String body, ErrorCode code, String param) {
        Failure failure = refusal(Endpoint.CHAT_COMPLETIONS, body.getBytes(UTF_8));

        assertThat(failure.code()).isEqualTo(code);
        assertThat(failure.param()).isEqualTo(param);
    }

    @Test
    void bytesThatAreNoUtf8AreRefused_R7() {
        byte[] overlong = {'{', '"', 'm', '"', ':', '"', (byte) 0xC0, (byte) 0xAF, '"', '}'};

        assertThat(refusal(Endpoint.CHAT_COMPLETIONS, overlong).code()).isEqualTo(ErrorCode.INVALID_JSON);
    }

    @Test
    void aRefusalDoesNotQuoteTheRequest_C5() {
        String secret = "{\"model\":\"m\",\"messages\":[],\"canary word\":1,\"canary word\":2}";

        Failure failure = refusal(Endpoint.CHAT_COMPLETIONS, secret.getBytes(UTF_8));

        assertThat(failure.toString()).doesNotContain("canary");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ",\"stream\":null", ",\"stream\":false"})
    void streamIsOffUnlessItIsTrue_R11(String member) {
        assertThat(read("{\"model\":\"m\",\"messages\":[]" + member + "}").stream())
                .isFalse();
        assertThat(read("{\"model\":\"m\",\"messages\":[],\"stream\":true}").stream())
                .isTrue();
    }

    @Test
    void whatMattersIsReadWhereverItStandsAndHoweverItIsWritten_R6() {
        ModelRequest ask = read("{\"messages\":[{},{}],\"stream_options\":{\"include_usage\":true},\"max_tokens\":7,"
                + "\"user\":\"u\",\"mod\\u0065l\":\"m\"}");

        assertThat(ask.model()).isEqualTo("m");
        assertThat(ask.messages()).isEqualTo(2);
        assertThat(ask.includeUsage()).isTrue();
        assertThat(ask.maxTokens()).isEqualTo(7);
        assertThat(ask.user()).isEqualTo("u");
    }

    @Test
    void textCompletionsNeedAPrompt_R23() {
        assertThat(refusal(Endpoint.COMPLETIONS, "{\"model\":\"m\"}".getBytes(UTF_8))
                        .param())
                .isEqualTo("prompt");
        assertThat(ModelRequest.read(Endpoint.COMPLETIONS, "{\"model\":\"m\",\"prompt\":\"p\"}".getBytes(UTF_8))
                        .messages())
                .isEqualTo(1);
    }

    private static ModelRequest read(String body) {
        return ModelRequest.read(Endpoint.CHAT_COMPLETIONS, body.getBytes(UTF_8));
    }

    private static Failure refusal(Endpoint endpoint, byte[] body) {
        Throwable thrown = catchThrowable(() -> ModelRequest.read(endpoint, body));
        assertThat(thrown).isInstanceOf(Refused.class);
        return ((Refused) thrown).failure();
    }
}

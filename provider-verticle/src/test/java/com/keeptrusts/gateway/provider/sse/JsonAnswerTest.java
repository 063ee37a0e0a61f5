package com.keeptrusts.gateway.provider.sse;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.keeptrusts.gateway.contract.Channel;
import com.keeptrusts.gateway.contract.EventTexts;
import com.keeptrusts.gateway.contract.TextLiteral;
import com.keeptrusts.gateway.contract.Track;
import com.keeptrusts.gateway.contract.Usage;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonAnswerTest {

    @Test
    void everyTextIsFoundWithItsPlace() {
        String body = "{\"choices\":[{\"index\":1,\"message\":{\"content\":\"é\",\"reasoning_content\":\"r\","
                + "\"function_call\":{\"arguments\":\"{}\"},\"tool_calls\":[{\"function\":{\"arguments\":\"a\"}},"
                + "{\"function\":{\"arguments\":\"b\"}}]},\"finish_reason\":\"stop\"},"
                + "{\"index\":0,\"text\":\"t\",\"finish_reason\":\"length\"}]}";

        JsonAnswer answer = requireNonNull(read(body, true));

        assertThat(answer.finishReasons()).containsExactly("length", "stop");
        EventTexts texts = answer.texts().getFirst();
        assertThat(texts.opaque()).isFalse();
        assertThat(texts.literals())
                .extracting(TextLiteral::track)
                .containsExactly(
                        new Track(1, Channel.ASSISTANT, 0),
                        new Track(1, Channel.REASONING, 1),
                        new Track(1, Channel.TOOL_ARGUMENTS, -1),
                        new Track(1, Channel.TOOL_ARGUMENTS, 0),
                        new Track(1, Channel.TOOL_ARGUMENTS, 1),
                        new Track(0, Channel.ASSISTANT, 1));
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        assertThat(texts.literals())
                .extracting(literal ->
                        new String(bytes, literal.start(), literal.end() - literal.start(), StandardCharsets.UTF_8))
                .containsExactly("\"é\"", "\"r\"", "\"{}\"", "\"a\"", "\"b\"", "\"t\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'choices':[{'message':{'content':[{'type':'text','text':'TEXT'}]}}]}",
                "{'choices':[{'message':{'content':'','tool_calls':[{'function':{'name':'TEXT'}}]}}]}",
                "{'choices':[{'message':{'function_call':{'name':'TEXT','arguments':''}}}]}",
                "{'choices':[{'message':{'tool_calls':[{'type':'custom','custom':{'name':'x','input':'TEXT'}}]}}]}",
                "{'choices':[{'message':{'audio':{'transcript':'TEXT'}}}]}",
                "{'choices':[{'message':{'annotations':[{'url_citation':{'title':'TEXT','url':'x'}}]}}]}",
                "{'choices':[{'message':{'reasoning_details':[{'type':'reasoning.text','text':'TEXT'}]}}]}",
                "{'choices':[{'message':{'role':'TEXT'}}]}",
                "{'choices':[{'message':{'content':'x'},'finish_reason':'TEXT'}]}",
                "{'choices':[{'delta':{'content':'TEXT'}}]}",
                "{'choices':[],'note':{'deep':[['TEXT']]}}"
            })
    void aTextIsFoundWhereverItStands(String body) {
        String said = "write to ann@example.org";

        EventTexts texts = requireNonNull(read(body.replace('\'', '"').replace("TEXT", said), true))
                .texts()
                .getFirst();

        assertThat(texts.opaque()).isFalse();
        assertThat(texts.literals())
                .extracting(literal -> literal.text().value())
                .contains(said);
    }

    @Test
    void labelsAreNoTexts() {
        String body =
                "{\"id\":\"chatcmpl-1\",\"object\":\"chat.completion\",\"model\":\"m\",\"system_fingerprint\":\"fp_1\","
                        + "\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"hi\"},\"finish_reason\":\"stop\","
                        + "\"content_filter_results\":{\"hate\":{\"severity\":\"safe\"}}}],\"usage\":{\"total_tokens\":3}}";

        assertThat(requireNonNull(read(body, true)).texts().getFirst().literals())
                .extracting(literal -> literal.text().value())
                .containsExactly("hi");
    }

    @Test
    void usageIsRead() {
        JsonAnswer answer = requireNonNull(read("""
                {"choices":[],"usage":{"prompt_tokens":10,"completion_tokens":20,"total_tokens":30,
                 "prompt_tokens_details":{"cached_tokens":4},"completion_tokens_details":{"reasoning_tokens":5}}}""", false));

        assertThat(answer.measured().usage()).isEqualTo(new Usage(10, 20, 30, 4, 5));
        assertThat(answer.texts()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":1,\"a\":2}",
                "{\"data\":[]}",
                "{\"choices\":[{\"message\":\"x\"}]}",
                "{\"choices\":[{\"message\":{\"content\":[\"x\"]}}]}",
                "{\"choices\":[{\"message\":{\"content\":4012888888881881}}]}",
                "{\"choices\":[{\"message\":{\"tool_calls\":[{\"function\":{\"arguments\":{\"n\":1}}}]}}]}",
                "{\"choices\":[{\"message\":{\"audio\":{\"id\":\"a\",\"data\":\"UklGRg==\"}}}]}",
                "{\"choices\":[{\"message\":{\"parsed\":{\"ann@example.org\":true}}}]}",
                "{\"choices\":[1]}"
            })
    void anAnswerWhoseTextsAreNotKnownIsOpaque(String body) {
        assertThat(requireNonNull(read(body, true)).texts())
                .extracting(EventTexts::opaque)
                .containsExactly(true);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "\"x\"", "{", "{\"a\":\u0001}"})
    void whatIsNoObjectIsNoAnswer(String body) {
        assertThat(read(body, false)).isNull();
    }

    @Test
    void anErrorInTheBodyIsAnError() {
        JsonAnswer answer = requireNonNull(read("{\"status_code\":500,\"error\":{\"message\":\"m\"}}", true));

        assertThat(answer.error()).isNotNull();
        assertThat(List.of(requireNonNull(answer.error()).status())).containsExactly(500);
    }

    private static @Nullable JsonAnswer read(String body, boolean texts) {
        return JsonAnswer.read(body.getBytes(StandardCharsets.UTF_8), texts);
    }
}

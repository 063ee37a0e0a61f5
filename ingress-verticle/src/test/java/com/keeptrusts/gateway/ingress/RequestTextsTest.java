package com.keeptrusts.gateway.ingress;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.keeptrusts.gateway.contract.Channel;
import com.keeptrusts.gateway.contract.Edit;
import com.keeptrusts.gateway.contract.Endpoint;
import com.keeptrusts.gateway.contract.UserText;
import java.util.List;
import org.junit.jupiter.api.Test;

class RequestTextsTest {

    @Test
    void everyChannelReachesThePolicies_R9_S11() {
        String body = """
                {"model":"m","stream":true,"user":"u1","metadata":{"id":"label"},
                 "messages":[
                  {"role":"system","content":"sys"},
                  {"role":"developer","content":"dev"},
                  {"role":"user","name":"nick","content":[{"type":"text","text":"part"},
                    {"type":"image_url","image_url":{"url":"data:image/png;base64,AAAA","detail":"low"}},
                    {"type":"image_url","image_url":{"url":"https://x/why"}},
                    {"type":"input_audio","input_audio":{"data":"AAAA","format":"wav"}},
                    {"type":"later_invention","deep":[{"odd":"hidden"}]}]},
                  {"role":"assistant","content":null,"reasoning":"think","refusal":"no",
                   "tool_calls":[{"id":"c1","type":"function","function":{"name":"f","arguments":"{\\"a\\":1}"}}]},
                  {"role":"tool","tool_call_id":"c1","content":"result"},
                  {"role":"martian","content":"other"},
                  "loose"],
                 "tools":[{"type":"function","function":{"name":"f","description":"does","parameters":
                   {"type":"object","properties":{"a":{"type":"string","description":"arg"}}}}}],
                 "prediction":{"type":"content","content":"guess"},
                 "response_format":{"type":"json_schema","json_schema":{"name":"s","schema":{"description":"shape"}}},
                 "later_member":{"x":"unknown"}}
                """;

        RequestTexts found = RequestTexts.of(ModelRequest.read(Endpoint.CHAT_COMPLETIONS, body.getBytes(UTF_8)));

        assertThat(found.texts().stream()
                        .map(text -> text.part().channel() + " " + text.part().place() + " "
                                + text.part().text().value()))
                .containsExactly(
                        "METADATA user u1",
                        "METADATA metadata.id id",
                        "METADATA metadata.id label",
                        "SYSTEM messages[0].content sys",
                        "DEVELOPER messages[1].content dev",
                        "METADATA messages[2].name nick",
                        "USER messages[2].content[0].text part",
                        "USER messages[2].content[2].image_url.url https://x/why",
                        "USER messages[2].content[4].deep[0].odd hidden",
                        "REASONING messages[3].reasoning think",
                        "REFUSAL messages[3].refusal no",
                        "METADATA messages[3].tool_calls[0].function.name f",
                        "TOOL_ARGUMENTS messages[3].tool_calls[0].function.arguments {\"a\":1}",
                        "TOOL messages[4].content result",
                        "USER messages[5].content other",
                        "USER messages[6] loose",
                        "TOOL_DEFINITION tools[0].function.name f",
                        "TOOL_DEFINITION tools[0].function.description does",
                        "TOOL_DEFINITION tools[0].function.parameters.properties.a a",
                        "TOOL_DEFINITION tools[0].function.parameters.properties.a.description arg",
                        "PREDICTION prediction.content guess",
                        "TOOL_DEFINITION response_format.json_schema.name s",
                        "TOOL_DEFINITION response_format.json_schema.schema.description shape",
                        "METADATA later_member.x x",
                        "METADATA later_member.x unknown");
        assertThat(found.mediaSkipped()).isEqualTo(2);
        assertThat(found.texts().get(6).part().message()).isEqualTo(2);
        assertThat(found.texts().get(6).part().channel()).isEqualTo(Channel.USER);
    }

    @Test
    void onlyTheNameOfWhatWasCalledIsALabelHoweverOddTheCall() {
        String body = """
                {"model":"m","messages":[
                  {"role":"assistant","function_call":{"name":"f","arguments":{"function":{"name":"deep"}}},
                   "tool_calls":[{"function":"bare","name":"beside"},"loose"]},
                  {"role":"assistant","function_call":"g","tool_calls":{"function":{"name":"single"}}}]}
                """;

        RequestTexts found = RequestTexts.of(ModelRequest.read(Endpoint.CHAT_COMPLETIONS, body.getBytes(UTF_8)));

        assertThat(found.texts().stream()
                        .map(text -> text.part().channel() + " " + text.part().place() + " "
                                + text.part().text().value()))
                .containsExactly(
                        "METADATA messages[0].function_call.name f",
                        "TOOL_ARGUMENTS messages[0].function_call.arguments.function.name deep",
                        "TOOL_ARGUMENTS messages[0].tool_calls[0].function bare",
                        "TOOL_ARGUMENTS messages[0].tool_calls[0].name beside",
                        "TOOL_ARGUMENTS messages[0].tool_calls[1] loose",
                        "TOOL_ARGUMENTS messages[1].function_call g",
                        "TOOL_ARGUMENTS messages[1].tool_calls.function.name single");
    }

    @Test
    void aTokenArrayIsRefusedBecauseNobodyCanReadIt_R23() {
        var ask = ModelRequest.read(Endpoint.COMPLETIONS, "{\"model\":\"m\",\"prompt\":[\"a\",[1,2]]}".getBytes(UTF_8));

        assertThatThrownBy(() -> RequestTexts.of(ask)).hasMessage("unsupported_content");
    }

    @Test
    void editsOfSeveralPoliciesLeaveAllOtherBytesAlone_R2() {
        String body =
                "{ \"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"\\u0061 bob \\/ \\ud800 eve\"}, {\"content\":\"x\"}] }";
        var ask = ModelRequest.read(Endpoint.CHAT_COMPLETIONS, body.getBytes(UTF_8));
        var texts = new EditableTexts(body.getBytes(UTF_8), RequestTexts.of(ask).texts());

        texts.apply(List.of(new Edit(0, 2, 5, "N", new UserText("[\"B\"]"))));
        texts.apply(List.of(new Edit(0, 12, 15, "N", new UserText("")), new Edit(1, 0, 1, "N", new UserText("yy"))));

        assertThat(texts.parts().getFirst().text().value()).isEqualTo("a [\"B\"] / \ufffd ");
        assertThat(new String(texts.spliced(), UTF_8))
                .isEqualTo(
                        "{ \"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"\\u0061 [\\\"B\\\"] \\/ \\ud800 \"}, {\"content\":\"yy\"}] }");
    }

    @Test
    void aHundredThousandMessagesTakeNoLongerThanTheyAreLong_C6() {
        var body = new StringBuilder("{\"model\":\"m\",\"messages\":[");
        for (int i = 0; i < 100_000; i++) {
            body.append(i == 0 ? "" : ",").append("{\"role\":\"user\",\"content\":\"hello\"}");
        }
        byte[] bytes = body.append("]}").toString().getBytes(UTF_8);
        long before = System.nanoTime();

        var found = RequestTexts.of(ModelRequest.read(Endpoint.CHAT_COMPLETIONS, bytes));

        assertThat(found.texts()).hasSize(100_000);
        assertThat(System.nanoTime() - before).isLessThan(3_000_000_000L);
    }
}

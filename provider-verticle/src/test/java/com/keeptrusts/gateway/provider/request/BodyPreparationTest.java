package com.keeptrusts.gateway.provider.request;

import static org.assertj.core.api.Assertions.assertThat;

import com.keeptrusts.gateway.contract.Bytes;
import com.keeptrusts.gateway.provider.request.PreparedBody.Ready;
import com.keeptrusts.gateway.provider.request.PreparedBody.Unsupported;
import com.keeptrusts.gateway.provider.settings.Candidate;
import com.keeptrusts.gateway.provider.settings.ProviderConfig;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BodyPreparationTest {

    private static final Candidate CEREBRAS = candidate("cerebras", "m", "");
    private static final Candidate OPENAI = candidate("openai", "m", "");

    @Test
    void whereNothingAppliesTheBytesAreTheClientsOwn() throws Exception {
        String body =
                "{\n  \"messages\" : [ {\"content\":\"\\u00e9\\/\\ud800 1E2\",\"role\":\"user\"}],\t\"model\":\"m\","
                        + " \"temperature\": 1.10, \"x\": 12345678901234567890, \"seed\":-0 }\r\n";

        Ready ready = ready(body, CEREBRAS);

        assertThat(sha256(ready.bytes())).isEqualTo(sha256(Bytes.utf8(body)));
        assertThat(ready.choices()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"mod\\u0065l" : "other", "n":2}                     | {"mod\\u0065l" : "m", "n":2}
            {"model":"m","store":true,"messages":[]}             | {"model":"m","messages":[]}
            {"store":true , "metadata":{} , "model":"m"}         | {  "model":"m"}
            {"model":"m" , "store":true , "metadata":{"a":1}}    | {"model":"m" }
            {"model":"m","stream_options":{"include_usage":true, "include_obfuscation":false}} | {"model":"m","stream_options":{"include_usage":true}}
            {"model":"m","functions":null}                       | {"model":"m"}
            {"model":"m","max_tokens":-1}                        | {"model":"m","max_tokens":-1}
            {"model":"m","max_tokens":5,"max_completion_tokens":5} | {"model":"m","max_tokens":5,"max_completion_tokens":5}
            {"model":"m","service_tier":"scale","top_p":1}       | {"model":"m","top_p":1}
            {"model":"m","service_tier":"flex"}                  | {"model":"m","service_tier":"flex"}
            {"model":"m","reasoning_effort":"minimal"}           | {"model":"m"}
            {"model":"m","reasoning_effort":"low"}               | {"model":"m","reasoning_effort":"low"}
            {"model":"m","messages":[{"refusal":"r","annotations":[1],"function_call":{}}]} | {"model":"m","messages":[{"refusal":"r","annotations":[1],"function_call":{}}]}
            {"model":"m","messages":[{"role":"assistant","content":"c","refusal":null,"annotations":[],"audio":null,"function_call":null,"reasoning":"r"}]} | {"model":"m","messages":[{"role":"assistant","content":"c","reasoning":"r"}]}
            """)
    void forCerebrasOnlyWhatItDoesNotKnowChanges(String body, String sent) {
        assertThat(ready(body, CEREBRAS).bytes().toUtf8()).isEqualTo(sent);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"model":"x","clear_thinking":true,"min_tokens":1}   | {"model":"m"}
            {"model":"m","max_tokens":-1,"top_p":1.0}            | {"model":"m","top_p":1.0}
            {"model":"m","max_tokens":5}                         | {"model":"m","max_tokens":5}
            {"model":"m","messages":[{"role":"assistant","reasoning":"r","content":"c"},{"reasoning":"r"}]} | {"model":"m","messages":[{"role":"assistant","content":"c"},{}]}
            {"model":"m","store":true}                           | {"model":"m","store":true}
            {"model":"m","max_tokens":5,"max_completion_tokens":6} | {"model":"m","max_completion_tokens":6}
            {"model":"m","max_tokens":5,"max_completion_tokens":-1} | {"model":"m","max_tokens":5}
            {"model":"m","service_tier":"flex","reasoning_logprobs":true} | {"model":"m","service_tier":"flex"}
            """)
    void forOpenAiOnlyWhatItDoesNotKnowChanges(String body, String sent) {
        assertThat(ready(body, OPENAI).bytes().toUtf8()).isEqualTo(sent);
    }

    @Test
    void whatCannotBeLeftOutIsRefusedWithItsPath() {
        assertThat(prepare("{\"model\":\"m\",\"functions\":[{}]}", CEREBRAS)).isEqualTo(new Unsupported("functions"));
        assertThat(prepare("{\"model\":\"m\",\"functions\":[{}]}", OPENAI)).isInstanceOf(Ready.class);
    }

    @Test
    void aPartThatATargetDoesNotKnowIsRefusedWithItsPath() {
        String image =
                "{\"model\":\"m\",\"messages\":[{\"content\":[{\"type\":\"text\"},{\"type\":\"image\",\"image\":\"x\"}]}]}";

        assertThat(prepare(image, OPENAI)).isEqualTo(new Unsupported("messages[0].content[1].type"));
        assertThat(prepare(image, CEREBRAS)).isInstanceOf(Ready.class);
    }

    @Test
    void aServiceTierStaysWithTheProviderItWasMeantFor() {
        String body = "{\"model\":\"m\",\"service_tier\":\"scale\"}";

        assertThat(BodyPreparation.of(Bytes.utf8(body), OPENAI, false, true))
                .isEqualTo(new Ready(Bytes.utf8("{\"model\":\"m\"}"), 1, false));
        assertThat(BodyPreparation.of(Bytes.utf8(body), CEREBRAS, false, true))
                .isEqualTo(new Ready(Bytes.utf8("{\"model\":\"m\"}"), 1, false));
    }

    @Test
    void theRulesOfATargetReachEveryMessage() {
        Candidate target = candidate("acme", "m", ",\"field_rules\":{\"strip\":[\"messages[].content[].x\"]}");

        assertThat(ready(
                                "{\"model\":\"m\",\"messages\":[{\"content\":[{\"x\":1,\"y\":2},{\"x\":3}]},{\"content\":\"x\"}]}",
                                target)
                        .bytes()
                        .toUtf8())
                .isEqualTo("{\"model\":\"m\",\"messages\":[{\"content\":[{\"y\":2},{}]},{\"content\":\"x\"}]}");
    }

    @Test
    void aReasoningModelOfOpenAiKnowsTheNewTokenLimitOnly() {
        Candidate target = candidate("openai", "o3-mini", "");

        assertThat(ready("{\"model\":\"x\", \"max\\u005ftokens\" : 5}", target)
                        .bytes()
                        .toUtf8())
                .isEqualTo("{\"model\":\"o3-mini\", \"max_completion_tokens\" : 5}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"model":"m"}                                         | {"model":"m","stream_options":{"include_usage":true}}
            {"model":"m","stream_options":null}                   | {"model":"m","stream_options":{"include_usage":true}}
            {"model":"m","stream_options":{ }}                    | {"model":"m","stream_options":{"include_usage":true }}
            {"model":"m","stream_options":{"include_usage":false}} | {"model":"m","stream_options":{"include_usage":true}}
            """)
    void usageIsAskedForWhereItDoesNotComeByItself(String body, String sent) {
        var prepared = (Ready) BodyPreparation.of(Bytes.utf8(body), OPENAI, true, false);
        var unchanged = (Ready) BodyPreparation.of(Bytes.utf8(body), CEREBRAS, true, false);

        assertThat(prepared.bytes().toUtf8()).isEqualTo(sent);
        assertThat(prepared.usageInjected()).isTrue();
        assertThat(unchanged.usageInjected()).isFalse();
        assertThat(unchanged.bytes().toUtf8()).isEqualTo(body);
    }

    @Test
    void theNumberOfChoicesIsRead() {
        assertThat(ready("{\"model\":\"m\",\"n\":3}", CEREBRAS).choices()).isEqualTo(3);
    }

    @Test
    void aBodyThatIsNoObjectIsUnreadable() {
        assertThat(prepare("[]", CEREBRAS)).isInstanceOf(PreparedBody.Unreadable.class);
        assertThat(prepare("{\"a\":1,\"a\":2}", CEREBRAS)).isInstanceOf(PreparedBody.Unreadable.class);
    }

    private static Ready ready(String body, Candidate candidate) {
        return (Ready) prepare(body, candidate);
    }

    private static PreparedBody prepare(String body, Candidate candidate) {
        return BodyPreparation.of(Bytes.utf8(body), candidate, false, false);
    }

    private static Candidate candidate(String provider, String model, String more) {
        var config = ProviderConfig.parse(Bytes.utf8("{\"providers\":{\"targets\":[{\"id\":\"t\",\"provider\":\""
                + provider + "\",\"base_url\":\"https://api.example.com\"" + more + "}]}}"));
        return new Candidate(config.providers().targets().getFirst(), model);
    }

    private static String sha256(Bytes bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes.array()));
    }
}

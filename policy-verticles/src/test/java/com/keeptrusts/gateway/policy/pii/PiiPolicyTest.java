package com.keeptrusts.gateway.policy.pii;

import static org.assertj.core.api.Assertions.assertThat;

import com.keeptrusts.gateway.config.Section;
import com.keeptrusts.gateway.contract.Channel;
import com.keeptrusts.gateway.contract.Decision;
import com.keeptrusts.gateway.contract.Edit;
import com.keeptrusts.gateway.contract.Phase;
import com.keeptrusts.gateway.contract.TextPart;
import com.keeptrusts.gateway.contract.UserText;
import com.keeptrusts.gateway.policy.Judgement;
import com.keeptrusts.gateway.policy.Policy;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class PiiPolicyTest {

    @Test
    void valuesAreReplacedByTheMarkerOfTheirType() {
        String text = "Write to ann@example.org or call +49 30 901820, SSN 536-90-4399, card 4012 8888 8888 1881, "
                + "IBAN DE89 3704 0044 0532 0130 00, host 8.8.4.4.";

        assertThat(redacted("{}", text))
                .containsExactly("Write to [EMAIL_REDACTED] or call [PHONE_REDACTED], SSN [SSN_REDACTED], "
                        + "card [CREDIT_CARD_REDACTED], IBAN [IBAN_REDACTED], host [IP_ADDRESS_REDACTED].");
    }

    @Test
    void aTextWithoutPersonalDataIsAllowedAndCountedAsRead() {
        Judgement judgement =
                review("{}", Phase.INPUT, part(0, Channel.USER, "Explain WebAssembly and its use cases."));

        assertThat(judgement.decision()).isEqualTo(new Decision.Allow());
        assertThat(judgement.reason()).isEqualTo("clean");
        assertThat(judgement.coverage().charactersScanned()).isEqualTo(38);
        assertThat(judgement.findings()).isEmpty();
    }

    @Test
    void findingsAreCountedPerCategory() {
        Judgement judgement = review("{}", Phase.INPUT, part(0, Channel.USER, "a@b.example c@d.example 8.8.8.8"));

        assertThat(judgement.reason()).isEqualTo("pii_found");
        assertThat(judgement.findings()).containsOnlyKeys("EMAIL", "IP_ADDRESS").containsEntry("EMAIL", 2);
        assertThat(judgement.score()).isBetween(0.5, 1.0);
    }

    @Test
    void theBlockActionBlocksInsteadOfRedacting() {
        Judgement judgement = review("{'action':'block'}", Phase.INPUT, part(0, Channel.USER, "a@b.example"));

        assertThat(judgement.decision()).isEqualTo(new Decision.Block(null));
        assertThat(judgement.reason()).isEqualTo("pii_found");
    }

    @Test
    void restoredMarkersAreNumberedOverTheWholeRequest() {
        String settings = "{'restore':true}";

        List<String> texts =
                redacted(settings, "ann@b.example and bob@b.example", "bob@b.example again", "not [EMAIL_3]");
        Judgement judgement = review(settings, Phase.INPUT, part(0, Channel.USER, "ann@b.example"));

        assertThat(texts).containsExactly("[EMAIL_1] and [EMAIL_2]", "[EMAIL_2] again", "not [EMAIL_3]");
        assertThat(judgement.decision())
                .isInstanceOfSatisfying(
                        Decision.Redact.class,
                        redact -> assertThat(redact.restore()).isTrue());
    }

    @Test
    void numberedMarkersAvoidThoseThatTheTextsContain() {
        assertThat(redacted("{'restore':true}", "say [EMAIL_1] to ann@b.example"))
                .containsExactly("say [EMAIL_1] to [EMAIL_2]");
    }

    @Test
    void aValueLongerThanOnePieceIsRestoredAsOne() {
        String url = "amqp://user:" + "aB3-".repeat(300) + "@host.example";

        assertThat(redacted("{'restore':true}", "use eyJhbGciOiJIUzI1NiJ9." + "aB3d".repeat(400) + ".sig and 1.1.1.1"))
                .allSatisfy(text -> assertThat(text).contains("[IP_ADDRESS_1]").doesNotContain("[SECRET_2]"));
        assertThat(redacted("{'restore':true}", url)).hasSize(1);
    }

    @Test
    void markersCanShowThePartThatHelpsPeople() {
        String settings = "{'redaction':{'marker_format':'partial'}}";

        assertThat(redacted(settings, "ann@example.org 4012-8888-8888-1881"))
                .containsExactly("a***@example.org ****-****-****-1881");
    }

    @Test
    void asterisksCanKeepTheLength() {
        String settings = "{'redaction':{'marker_format':'asterisks','preserve_length':true}}";

        assertThat(redacted(settings, "ann@example.org!")).containsExactly("***************!");
        assertThat(redacted("{'redaction':{'marker_format':'asterisks'}}", "ann@example.org!"))
                .containsExactly("********!");
    }

    @Test
    void labelsCanBeTheOperatorsOwn() {
        String settings = "{'redaction':{'custom_markers':{'email':'<mail>'},'include_metadata':true}}";

        assertThat(redacted(settings, "ann@example.org 8.8.8.8"))
                .containsExactly("<mail> [IP_ADDRESS_REDACTED length=7]");
    }

    @Test
    void ownPatternsAreFoundAndJoinedWithWhatTheyOverlap() {
        String settings = "{'detect_patterns':['EMP-\\\\d{6}','project falcon']}";

        assertThat(redacted(settings, "EMP-123456 works on project falcon for ann@example.org"))
                .containsExactly("[CUSTOM_REDACTED] works on [CUSTOM_REDACTED] for [EMAIL_REDACTED]");
    }

    @Test
    void onlyTheCategoriesAskedForAreTouched() {
        assertThat(redacted("{'categories':['email']}", "ann@example.org 4012888888881881 8.8.8.8"))
                .containsExactly("[EMAIL_REDACTED] 4012888888881881 8.8.8.8");
    }

    @Test
    void toolArgumentsStayJson() {
        String arguments = "{\"to\":\"ann@example.org\\nBob\",\"card\": 4012888888881881,\"n\":3}";

        String redacted = apply(
                review("{}", Phase.INPUT, part(0, Channel.TOOL_ARGUMENTS, arguments)),
                part(0, Channel.TOOL_ARGUMENTS, arguments));

        assertThat(new JsonObject(redacted))
                .isEqualTo(new JsonObject()
                        .put("to", "[EMAIL_REDACTED]\nBob")
                        .put("card", "[CREDIT_CARD_REDACTED]")
                        .put("n", 3));
    }

    @Test
    void answersAreReviewedUnlessToldOtherwise() {
        assertThat(policy("{}").reviews(Phase.OUTPUT)).isTrue();
        assertThat(policy("{'output':false}").reviews(Phase.OUTPUT)).isFalse();
        assertThat(policy("{'output':false}").reviews(Phase.INPUT)).isTrue();
    }

    private static List<String> redacted(String settings, String... texts) {
        List<TextPart> parts = new ArrayList<>();
        for (String text : texts) {
            parts.add(part(parts.size(), Channel.USER, text));
        }
        Judgement judgement = policy(settings).review(Phase.INPUT, parts);
        return parts.stream().map(part -> apply(judgement, part)).toList();
    }

    private static Judgement review(String settings, Phase phase, TextPart... texts) {
        return policy(settings).review(phase, Arrays.asList(texts));
    }

    private static Policy policy(String settings) {
        var json = new JsonObject(settings.replace('\'', '"'));
        return Section.read("policy.pii-detector", json, new PiiDetectorFactory()::create);
    }

    private static TextPart part(int id, Channel channel, String text) {
        return new TextPart(id, 0, channel, "messages[0].content", new UserText(text));
    }

    private static String apply(Judgement judgement, TextPart part) {
        var text = new StringBuilder(part.text().value());
        if (judgement.decision() instanceof Decision.Redact redact) {
            for (Edit edit : redact.edits().reversed()) {
                if (edit.part() == part.id()) {
                    text.replace(edit.start(), edit.end(), edit.replacement().value());
                }
            }
        }
        return text.toString();
    }
}

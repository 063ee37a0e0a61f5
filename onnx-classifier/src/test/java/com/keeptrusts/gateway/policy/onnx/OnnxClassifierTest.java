package com.keeptrusts.gateway.policy.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.keeptrusts.gateway.contract.Channel;
import com.keeptrusts.gateway.contract.Decision;
import com.keeptrusts.gateway.contract.Phase;
import com.keeptrusts.gateway.contract.TextPart;
import com.keeptrusts.gateway.contract.UserText;
import com.keeptrusts.gateway.policy.PolicyCatalog;
import com.keeptrusts.gateway.policy.injection.TextClassifier;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real model and a real tokenizer, both of the smallest kind. */
class OnnxClassifierTest {

    private static final String TOKENIZER = """
            {"version":"1.0","truncation":null,"padding":null,"added_tokens":[],"normalizer":{"type":"Lowercase"},
             "pre_tokenizer":{"type":"Whitespace"},"post_processor":null,"decoder":null,
             "model":{"type":"WordLevel","vocab":{"[UNK]":0,"plum":1,"cake":2},"unk_token":"[UNK]"}}
            """;

    @TempDir
    private Path folder;

    private Path model;
    private Path tokenizer;

    @BeforeEach
    void write() throws IOException {
        model = Files.write(folder.resolve("tiny.onnx"), TinyOnnx.model(1));
        tokenizer = Files.writeString(folder.resolve("tokenizer.json"), TOKENIZER);
    }

    @Test
    void itScoresWhatItsModelKnows() {
        TextClassifier classifier = new OnnxClassifierFactory().open(model, tokenizer);

        assertThat(classifier.score("A Plum falls")).isGreaterThan(0.99);
        assertThat(classifier.score("a cake rises")).isLessThan(0.01);
        assertThat(classifier.score("cake ".repeat(5_000))).isLessThan(0.01);
    }

    @Test
    void thePolicyHearsIt() {
        var settings = new JsonObject()
                .put("path", model.toString())
                .put("tokenizer", tokenizer.toString())
                .put("band", new JsonArray().add(0).add(1));
        var policy = PolicyCatalog.installed().create("prompt-injection", new JsonObject().put("model", settings));
        var text =
                new TextPart(0, 0, Channel.USER, "messages[0].content", new UserText("A recipe with a plum, please."));

        assertThat(policy.review(Phase.INPUT, List.of(text)).decision()).isEqualTo(new Decision.Block(null));
    }

    @Test
    void aFileOfAnotherKindIsRefused() {
        assertThatThrownBy(() -> new OnnxClassifierFactory().open(tokenizer, tokenizer))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("tokenizer.json: no model in ONNX");
        assertThatThrownBy(() -> new OnnxClassifierFactory().open(model, model))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("tiny.onnx: no tokenizer.json");
        assertThatThrownBy(() -> new OnnxClassifierFactory().open(folder.resolve("absent"), tokenizer))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("absent: no file that can be read (expected: a model in ONNX)");
    }
}

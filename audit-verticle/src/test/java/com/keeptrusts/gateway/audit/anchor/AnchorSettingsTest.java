package com.keeptrusts.gateway.audit.anchor;

import static org.assertj.core.api.Assertions.assertThat;

import com.keeptrusts.gateway.audit.note.CosignerKey;
import com.keeptrusts.gateway.audit.note.CosigningKey;
import com.keeptrusts.gateway.config.ConfigException;
import com.keeptrusts.gateway.config.ConfigProblem;
import com.keeptrusts.gateway.config.Section;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class AnchorSettingsTest {

    private final CosignerKey key = CosigningKey.generate("witness.example/w1").verifier();

    @Test
    void eachKindHasItsSettingsAndDefaults() {
        assertThat(read(
                        new JsonObject()
                                .put("url", "https://witness.example/w1")
                                .put("vkey", key.toString()),
                        new JsonObject()
                                .put("kind", "git")
                                .put("repository", "/srv/anchors")
                                .put("push", "origin"),
                        new JsonObject()
                                .put("kind", "s3")
                                .put("name", "archive")
                                .put("endpoint", "https://s3.example:9000")
                                .put("bucket", "ledger")
                                .put("prefix", "production/")
                                .put("lock_days", 3650)
                                .put("every_seconds", 300)
                                .put("access_key_ref", new JsonObject().put("env", "KEY"))
                                .put("secret_key_ref", new JsonObject().put("env", "SECRET"))))
                .containsExactly(
                        new AnchorSettings.OfWitness(
                                "witness", Duration.ofMinutes(1), URI.create("https://witness.example/w1"), key),
                        new AnchorSettings.OfRepository(
                                "git", Duration.ofMinutes(1), Path.of("/srv/anchors"), "origin", "main"),
                        new AnchorSettings.OfBucket(
                                "archive",
                                Duration.ofMinutes(5),
                                URI.create("https://s3.example:9000"),
                                "us-east-1",
                                "ledger",
                                "production/",
                                3650,
                                "KEY",
                                "SECRET"));
    }

    @Test
    void everyMistakeIsNamedWithItsPlace() {
        assertThat(problems(
                        new JsonObject().put("kind", "ftp"),
                        new JsonObject().put("url", "ftp://x").put("vkey", key.toString()),
                        new JsonObject().put("url", "https://user:word@x/").put("vkey", key.toString()),
                        new JsonObject()
                                .put("kind", "git")
                                .put("repository", "/r")
                                .put("push", "--upload-pack=x"),
                        new JsonObject()
                                .put("kind", "s3")
                                .put("endpoint", "https://s3.example")
                                .put("bucket", "../x")
                                .put("prefix", "/"),
                        new JsonObject()
                                .put("kind", "git")
                                .put("repository", "/r")
                                .put("url", "https://x/")))
                .extracting(ConfigProblem::path)
                .contains(
                        "audit.anchors[0].kind",
                        "audit.anchors[1].url",
                        "audit.anchors[2].url",
                        "audit.anchors[3].push",
                        "audit.anchors[4].bucket",
                        "audit.anchors[4].prefix",
                        "audit.anchors[5].url");
    }

    @Test
    void aKeyThatIsNoWitnesssIsRefused() {
        assertThat(problems(new JsonObject().put("url", "https://x/").put("vkey", "x+1+y")))
                .extracting(ConfigProblem::path)
                .contains("audit.anchors[0].vkey");
    }

    @Test
    void twoOfOneNameAreRefused() {
        JsonObject git = new JsonObject().put("kind", "git").put("repository", "/r");

        assertThat(problems(git, git.copy()))
                .extracting(ConfigProblem::message)
                .containsExactly("two named 'git' (expected: one)");
    }

    private static List<AnchorSettings> read(JsonObject... anchors) {
        return Section.read(
                "audit", new JsonObject().put("anchors", new JsonArray(List.of(anchors))), AnchorSettings::from);
    }

    private static List<ConfigProblem> problems(JsonObject... anchors) {
        return org.assertj.core.api.Assertions.catchThrowableOfType(ConfigException.class, () -> read(anchors))
                .problems();
    }
}

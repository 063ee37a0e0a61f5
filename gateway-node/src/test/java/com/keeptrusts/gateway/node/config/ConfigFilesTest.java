package com.keeptrusts.gateway.node.config;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(VertxExtension.class)
class ConfigFilesTest {

    private static final String VALID = """
            pack:
              name: p
              version: 1.0.0
            policies:
              chain: [prompt-injection, pii-detector, audit-logger]
            policy:
              audit-logger:
                retention_days: 30
            providers:
              targets:
                - id: a
                  provider: cerebras:chat:llama3.3-70b
            """;

    @TempDir
    private Path folder;

    private Vertx vertx;

    @BeforeEach
    void open(Vertx vertx) {
        this.vertx = vertx;
    }

    static Stream<Path> shipped() {
        Path configs = Path.of("../config");
        return Stream.of("policy-config.yaml", "latency-optimized-routing.yaml", "high-throughput-batch.yaml")
                .map(configs::resolve);
    }

    @ParameterizedTest
    @MethodSource("shipped")
    void theShippedConfigsAreValid(Path file) throws Exception {
        assertThat(load(file).warnings()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"cerebras", "fallback", "audit-only"})
    void theTemplatesOfInitAreValid(String template) throws Exception {
        assertThat(load(Path.of("src/main/resources/templates", template + ".yaml"))
                        .warnings())
                .isEmpty();
    }

    @Test
    void hipaaControlsForLessThanSixYearsAreWarnedOf() throws Exception {
        String days = "retention_days: 30";

        assertThat(load(write("a.yaml", VALID.replace(days, "hipaa_audit_controls: true")))
                        .warnings())
                .containsExactly("policy.audit-logger.retention_days: 365 with hipaa_audit_controls (expected: at least"
                        + " 2190, six years)");
        assertThat(load(write("b.yaml", VALID.replace(days, "{hipaa_audit_controls: true, retention_days: 2190}")))
                        .warnings())
                .isEmpty();
    }

    @Test
    void textsThatNoPolicyRedactsAreWarnedOf() throws Exception {
        String encrypted = VALID.replace("retention_days: 30", "content: encrypted");

        assertThat(load(write("a.yaml", encrypted)).warnings()).isEmpty();
        assertThat(load(write("b.yaml", encrypted.replace("pii-detector, ", "")))
                        .warnings())
                .singleElement()
                .asString()
                .startsWith("policy.audit-logger.content: encrypted keeps texts as policies leave them");
    }

    @Test
    void theDigestNamesTheContentAndNotItsSpelling() throws Exception {
        String respelled = VALID.replace(
                "chain: [prompt-injection, pii-detector, audit-logger]",
                "chain:\n  - prompt-injection\n  - pii-detector\n  - audit-logger");

        assertThat(load(write("b.yaml", respelled)).digest())
                .isEqualTo(load(write("a.yaml", VALID)).digest());
        assertThat(load(write("c.yaml", VALID.replace("30", "31"))).digest())
                .isNotEqualTo(load(write("a.yaml", VALID)).digest());
    }

    @Test
    void laterFilesWinPerKeyAndListsReplace() throws Exception {
        Path base = write("base.yaml", VALID);
        Path layer = write(
                "layer.yaml", "policies: {chain: [audit-logger]}\npolicy: {audit-logger: {retention_days: 90}}\n");

        GatewayConfig config =
                new ConfigFiles(vertx, List.of(base, layer)).load().await(10, SECONDS);

        assertThat(config.chain()).containsExactly("audit-logger");
        assertThat(config.audit()).extracting(audit -> audit.retentionDays()).isEqualTo(90);
        assertThat(config.pack().name()).isEqualTo("p");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    retention_days: 30      | retention_dys: 30           | 8  | policy.audit-logger.retention_dys  | did you mean 'retention_days'?
                    retention_days: 30      | retention_days: 0           | 8  | policy.audit-logger.retention_days | 0 (expected: 1 to 36500)
                    retention_days: 30      | retention_days: lots        | 8  | policy.audit-logger.retention_days | a string (expected: a whole number)
                    retention_days: 30      | user_header: x-user         | 8  | policy.audit-logger.user_header    | with hipaa_audit_controls: true
                    version: 1.0.0          | version: one                | 3  | pack.version                       | semantic version
                    name: p                 | nam: p                      | 2  | pack.nam                           | did you mean 'name'?
                    pii-detector            | pii-detecter                | 5  | policies.chain                     | did you mean 'pii-detector'?
                    pii-detector,           | prompt-injection,           | 5  | policies.chain                     | stands there twice
                    - id: a                 | - idd: a                    | 11 | providers.targets[0].idd           | did you mean 'id'?
                    providers:              | provders:                   | 9  | provders                           | did you mean 'providers'?
                    """)
    void aMistakeIsNamedWithItsLineItsPathAndTheNearestSpelling(
            String right, String wrong, int line, String path, String words) throws Exception {
        List<PlacedProblem> problems = problems(VALID.replace(right, wrong));

        assertThat(problems).anySatisfy(problem -> {
            assertThat(problem.problem().path()).isEqualTo(path);
            assertThat(problem.line()).isEqualTo(line);
            assertThat(problem.describe()).contains(words);
        });
    }

    @Test
    void aKeyWrittenTwiceIsNamedWithBothLines() throws Exception {
        assertThat(problems(VALID.replace("  name: p\n", "  name: p\n  name: q\n")))
                .extracting(PlacedProblem::describe)
                .singleElement()
                .asString()
                .contains("pack.name: written twice, again at line 3");
    }

    @Test
    void twoTargetsOfOneIdAreRefused() throws Exception {
        assertThat(problems(VALID + "    - id: a\n      provider: openai\n"))
                .extracting(PlacedProblem::describe)
                .anySatisfy(problem -> assertThat(problem).contains("two targets 'a'"));
    }

    @Test
    void theOlderDialectGetsOneErrorThatExplains() throws Exception {
        assertThat(problems("version: \"1\"\npolicies:\n  - name: x\n"))
                .singleElement()
                .satisfies(problem ->
                        assertThat(problem.describe()).contains("older dialect").contains("chain"));
    }

    @Test
    void manyLaughsAreRefusedBeforeAnythingIsBuilt() throws Exception {
        var bomb = new StringBuilder("a: &a0 [x]\n");
        for (int i = 1; i < 40; i++) {
            bomb.append("b%d: &a%d [*a%d, *a%d, *a%d]\n".formatted(i, i, i - 1, i - 1, i - 1));
        }

        assertThat(problems(bomb.toString()))
                .extracting(PlacedProblem::describe)
                .anySatisfy(problem -> assertThat(problem).contains("aliases"));
    }

    @Test
    void aTagIsNoValue() throws Exception {
        assertThat(problems(VALID.replace("name: p", "name: !!javax.script.ScriptEngineManager [x]")))
                .extracting(PlacedProblem::describe)
                .anySatisfy(problem -> assertThat(problem).contains("tag is not allowed"));
    }

    @Test
    void aFileThatIsNotThereIsUnreadableAndNotInvalid() {
        assertThat(catchThrowableOfType(UnreadableConfigException.class, () -> load(folder.resolve("none.yaml"))))
                .hasMessageContaining("none.yaml");
    }

    private GatewayConfig load(Path file) throws Exception {
        return new ConfigFiles(vertx, List.of(file)).load().await(20, SECONDS);
    }

    private List<PlacedProblem> problems(String yaml) throws Exception {
        Path file = write("policy-config.yaml", yaml);
        InvalidConfigException refusal = catchThrowableOfType(InvalidConfigException.class, () -> load(file));
        assertThat(refusal).isNotNull();
        return refusal.problems();
    }

    private Path write(String name, String yaml) throws Exception {
        return Files.writeString(folder.resolve(name), yaml);
    }
}

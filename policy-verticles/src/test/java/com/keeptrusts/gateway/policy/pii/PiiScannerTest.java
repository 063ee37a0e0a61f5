package com.keeptrusts.gateway.policy.pii;

import static org.assertj.core.api.Assertions.assertThat;

import com.keeptrusts.gateway.config.Section;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PiiScannerTest {

    private static final PiiScanner SCANNER = new PiiScanner(
            Section.read("policy.pii-detector", new JsonObject().put("healthcare_mode", true), PiiSettings::from));

    @ParameterizedTest
    @MethodSource("found")
    void findsTheValueAndItsType(String type, String marked) {
        int start = marked.indexOf('⟦');
        int end = marked.indexOf('⟧') - 1;
        String text = marked.replace("⟦", "").replace("⟧", "");

        assertThat(SCANNER.scan(text))
                .anySatisfy(span -> assertThat(span)
                        .extracting(one -> one.type().name(), PiiSpan::start, PiiSpan::end)
                        .containsExactly(type, start, end));
    }

    @ParameterizedTest
    @MethodSource("ordinary")
    void ordinaryTextsStay(String text) {
        assertThat(SCANNER.scan(text)).isEmpty();
    }

    private static Stream<Arguments> found() {
        return lines("found.txt").map(line -> {
            int bar = line.indexOf('|');
            return Arguments.of(line.substring(0, bar), line.substring(bar + 1));
        });
    }

    private static Stream<String> ordinary() {
        return lines("ordinary.txt");
    }

    private static Stream<String> lines(String file) {
        try (InputStream in = PiiScannerTest.class.getResourceAsStream(file)) {
            String all = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
            return all.lines().filter(line -> !line.startsWith("# ")).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void reservedAddressesAreFoundOnRequest() {
        var all = new PiiScanner(Section.read(
                "policy.pii-detector", new JsonObject().put("reserved_addresses", true), PiiSettings::from));

        assertThat(SCANNER.scan("127.0.0.1, 192.0.2.7, ::1 and 2001:db8::1")).isEmpty();
        assertThat(all.scan("127.0.0.1, 192.0.2.7, ::1 and 2001:db8::1")).hasSize(4);
    }

    @Test
    void aPrivateKeyIsTakenFromItsFirstDashToItsLast() {
        String key = "-----BEGIN RSA PRIVATE KEY-----\n"
                + "aQkwvynE6tn3vlJMvTYzfaPyNcolm/EwBZXKxG4V2NUr5Uz03qbjXZgcirJLu+xT\n".repeat(20)
                + "-----END RSA PRIVATE KEY-----";

        List<PiiSpan> spans = SCANNER.scan("key:\n" + key + "\nand so on");

        assertThat(spans.getFirst().start()).isEqualTo(5);
        assertThat(spans.getLast().end()).isEqualTo(5 + key.length());
        assertThat(spans.stream().mapToInt(PiiSpan::length).sum()).isEqualTo(key.length());
    }

    @Test
    void aKeyWithNothingInItIsNoKey() {
        assertThat(SCANNER.scan("-----BEGIN PRIVATE KEY-----\nanything\n-----END PRIVATE KEY-----"))
                .isEmpty();
    }
}

package com.keeptrusts.gateway.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class WireFormatTest {

    private static final HexFormat HEX = HexFormat.of();

    static List<BusMessage> everyRecord() {
        return Samples.ofEveryRecord();
    }

    @ParameterizedTest
    @MethodSource("everyRecord")
    void aRecordSurvivesTheWire(BusMessage sample) {
        assertThat(WireFormat.read(WireFormat.write(sample))).isEqualTo(sample);
    }

    @ParameterizedTest
    @MethodSource("everyRecord")
    void aGoldenFixtureOfEveryRecordDecodesForEver(BusMessage sample) throws Exception {
        assertThat(WireFormat.read(golden(sample))).isEqualTo(sample);
    }

    @Test
    void aCallOfBeforeAnswersHadALimitHasNone() throws Exception {
        var call = (CompletionCall) WireFormat.read(fixture("earlier/CompletionCall-without-max-response-bytes.hex"));

        assertThat(call.maxResponseBytes()).isEqualTo(CompletionCall.UNLIMITED);
        assertThat(call.window()).isEqualTo(new Window(7, 7));
    }

    @Test
    void aFailureOfBeforeItHadHeadersHasNone() throws Exception {
        var failed = (CompletionEvent.CompletionFailed)
                WireFormat.read(fixture("earlier/CompletionFailed-without-headers.hex"));

        assertThat(failed.headers()).isEmpty();
        assertThat(failed.attempts()).hasSize(1);
    }

    @Test
    void aCreditOfBeforeItCouldAskAsksNothing() throws Exception {
        var credit = (Credit) WireFormat.read(fixture("earlier/Credit-without-asks.hex"));

        assertThat(credit.asks()).isNull();
        assertThat(credit.frames()).isEqualTo(7);
    }

    @Test
    void aCreditOfBeforeItHadTotalsHasNone() throws Exception {
        var credit = (Credit) WireFormat.read(fixture("earlier/Credit-without-totals.hex"));

        assertThat(credit.frames()).isEqualTo(7);
        assertThat(credit.totalFrames()).isZero();
        assertThat(credit.totalBytes()).isZero();
    }

    @Test
    void aStepOfBeforePoliciesCouldAskHasNoPatience() throws Exception {
        var call = (PolicyCall) WireFormat.read(fixture("earlier/PolicyCall-without-patience.hex"));

        assertThat(call.steps()).hasSize(1);
        assertThat(call.steps().getFirst().patienceMillis()).isZero();
    }

    @ParameterizedTest
    @MethodSource("everyRecord")
    void componentsOfALaterVersionAreIgnored(BusMessage sample) throws Exception {
        byte[] later = edited(sample, members -> members.put("component_of_a_later_version", "x"));

        assertThat(WireFormat.read(later)).isEqualTo(sample);
    }

    @Test
    void missingListsAreEmpty() throws Exception {
        var call = new PolicyVerdict(
                "pii-detector",
                "d",
                "w",
                new Decision.Allow(),
                "clean",
                0,
                new Coverage(1, 1, 2, 2),
                Map.of("EMAIL", 1),
                5);
        byte[] older = edited(new PolicyVerdicts(List.of(call)), ObjectNode::removeAll);

        assertThat(WireFormat.read(older)).isEqualTo(new PolicyVerdicts(List.of()));
    }

    @ParameterizedTest
    @MethodSource("everyRecord")
    void whatAnEarlierVersionLeavesOutIsDefaultedOrRefusedAndNeverNull(BusMessage sample) throws Exception {
        for (RecordComponent component : sample.getClass().getRecordComponents()) {
            byte[] earlier = edited(sample, members -> members.remove(component.getName()));
            boolean mayBeAbsent = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
            boolean hasDefault = !component.getType().isRecord()
                    && !component.getType().isEnum()
                    && !component.getType().isSealed();

            if (mayBeAbsent) {
                assertThat(component.getAccessor().invoke(WireFormat.read(earlier)))
                        .as(component.toString())
                        .isNull();
            } else if (hasDefault || component.getType() == Bytes.class || component.getType() == UserText.class) {
                assertThat(component.getAccessor().invoke(WireFormat.read(earlier)))
                        .as(component.toString())
                        .isNotNull();
            } else {
                assertThatThrownBy(() -> WireFormat.read(earlier))
                        .as(component.toString())
                        .isInstanceOf(WireFormatException.class);
            }
        }
    }

    @Test
    void aDecisionOfALaterVersionIsAFailedOneSoThatTheFailModeDecides() throws Exception {
        PolicyVerdicts sample = verdicts(new Decision.Block("no"));
        byte[] later = edited(
                sample,
                members -> ((ObjectNode) members.at("/verdicts/0/decision"))
                        .put("@type", "Quarantine")
                        .put("ward", 3));

        assertThat(WireFormat.read(later)).isEqualTo(verdicts(new Decision.Failed(Decision.Failed.UNKNOWN)));
    }

    @Test
    void anErrorCodeOfALaterVersionIsAnInternalError() throws Exception {
        var sample = new CallAnswer.CallRefused(Failure.of(ErrorCode.SHUTTING_DOWN, "m"));
        byte[] later = edited(sample, members -> ((ObjectNode) members.get("failure")).put("code", "UPSTREAM_ASLEEP"));

        assertThat(WireFormat.read(later))
                .isEqualTo(new CallAnswer.CallRefused(Failure.of(ErrorCode.INTERNAL_ERROR, "m")));
    }

    @Test
    void aRoleOfALaterVersionIsRefused() throws Exception {
        BusMessage sample = everyRecord().stream()
                .filter(PresenceEvent.WorkerPresent.class::isInstance)
                .findFirst()
                .orElseThrow();
        byte[] later = edited(sample, members -> members.put("role", "GUEST"));

        assertThatThrownBy(() -> WireFormat.read(later)).isInstanceOf(WireFormatException.class);
    }

    private static PolicyVerdicts verdicts(Decision decision) {
        return new PolicyVerdicts(
                List.of(new PolicyVerdict("k", "d", "w", decision, "r", 0.5, new Coverage(0, 0, 0, 0), Map.of(), 1)));
    }

    @Test
    void everyKindOfDecisionSurvivesTheWire() {
        for (Decision decision : List.of(
                new Decision.Allow(),
                new Decision.Block(null),
                new Decision.Block("no"),
                new Decision.Escalate("later"),
                new Decision.Failed("IllegalStateException"))) {
            PolicyVerdicts verdicts = verdicts(decision);

            assertThat(WireFormat.read(WireFormat.write(verdicts))).isEqualTo(verdicts);
        }
    }

    @Test
    void anotherVersionOrAnUnknownNameIsRefusedInWords() {
        assertThatThrownBy(() -> WireFormat.read(new byte[] {9, 0}))
                .isInstanceOf(WireFormatException.class)
                .hasMessage("version 9 (expected: 1)");
        assertThatThrownBy(() -> WireFormat.read(new byte[] {1, 1, 'X', (byte) 0xa0}))
                .isInstanceOf(WireFormatException.class)
                .hasMessage("record of an unknown name");
    }

    @Test
    void damagedFramesFailWithTheirOwnErrorOnly() {
        var random = new Random(20261121);
        List<BusMessage> samples = everyRecord();
        for (int round = 0; round < 60_000; round++) {
            byte[] frame = WireFormat.write(samples.get(round % samples.size()));
            byte[] damaged = damage(frame, random);
            try {
                assertThat(WireFormat.read(damaged)).isNotNull();
            } catch (WireFormatException expected) {
                assertThat(expected.getMessage()).isNotEmpty();
            }
        }
    }

    @Test
    void textOfPeopleIsNotPrinted() {
        assertThat(everyRecord())
                .allSatisfy(sample -> assertThat(sample.toString()).doesNotContain("text of a person"));
    }

    private static byte[] damage(byte[] frame, Random random) {
        byte[] damaged = random.nextInt(4) == 0 ? Arrays.copyOf(frame, random.nextInt(frame.length)) : frame.clone();
        for (int edits = random.nextInt(4); edits > 0 && damaged.length > 0; edits--) {
            damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
        }
        return damaged;
    }

    private static byte[] edited(BusMessage sample, Consumer<ObjectNode> edit) throws IOException {
        byte[] frame = WireFormat.write(sample);
        int head = 2 + frame[1];
        var mapper = new CBORMapper();
        ObjectNode members = (ObjectNode) mapper.readTree(frame, head, frame.length - head);
        edit.accept(members);
        byte[] body = mapper.writeValueAsBytes(members);
        byte[] edited = Arrays.copyOf(frame, head + body.length);
        System.arraycopy(body, 0, edited, head, body.length);
        return edited;
    }

    /** The fixture of a record; one that is missing is written where it belongs, and the test fails until it is kept. */
    private static byte[] golden(BusMessage sample) throws IOException {
        String name = sample.getClass().getSimpleName() + ".hex";
        byte[] known = fixture(name);
        if (known.length > 0) {
            return known;
        }
        Path missing = Path.of("src/test/resources/wire", name);
        Files.writeString(missing, HEX.formatHex(WireFormat.write(sample)) + "\n");
        throw new AssertionError(missing + " was missing and has been written: look at it and commit it");
    }

    /** Empty when there is none. */
    private static byte[] fixture(String name) throws IOException {
        try (InputStream in = WireFormatTest.class.getResourceAsStream("/wire/" + name)) {
            return in == null
                    ? new byte[0]
                    : HEX.parseHex(new String(in.readAllBytes(), StandardCharsets.US_ASCII).strip());
        }
    }
}

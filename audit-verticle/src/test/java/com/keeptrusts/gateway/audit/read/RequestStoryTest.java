package com.keeptrusts.gateway.audit.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.keeptrusts.gateway.audit.Entries;
import com.keeptrusts.gateway.audit.ledger.TestLedger;
import com.keeptrusts.gateway.audit.note.NoteException;
import com.keeptrusts.gateway.audit.note.SignedNote;
import com.keeptrusts.gateway.audit.note.SigningKey;
import com.keeptrusts.gateway.audit.note.TlogProof;
import com.keeptrusts.gateway.audit.note.VerifierKey;
import com.keeptrusts.gateway.contract.AuditEntry;
import com.keeptrusts.gateway.contract.Bytes;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person reads of a request, and what proves it to another. */
class RequestStoryTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    @TempDir
    private Path data;

    @Test
    void aRequestIsToldFromItsBeginningToItsEnd() throws Exception {
        write("writer-0", accepted(), Entries.accepted("r-2"), outcome());

        assertThat(story("r-1"))
                .containsSubsequence(
                        "request r-1",
                        "  2026-03-01 12:00:00.000 UTC accepted  POST /v1/chat/completions, model m\uFFFD, streamed, 2 messages, retry 1, idempotency key 0123456789ab",
                        "                                        by key team-a, tenant acme",
                        "                              policy    pii-detector on the input: redact, found email 2, 0.3 ms",
                        "                              call 1    t-1 llama, after 1.0 ms, status 503, retry 1, failed: overloaded",
                        "  +250.0 ms                   outcome   status 200, ended by complete, from t-1",
                        "                                        99 bytes in 3 chunks, 7 + 9 tokens, whole time 250.0 ms",
                        "complete: 2 of 2 records")
                .anyMatch(line -> line.matches(" {2}request.outcome is entry 3 of n1/audit/[0-9a-f-]+, signed"))
                .noneMatch(line -> line.contains("r-2"));
    }

    @Test
    void aRequestWithoutItsEndIsOpen() throws Exception {
        write("writer-0", accepted());

        assertThat(story("r-1")).contains("open: its outcome is not recorded (yet)");
        assertThat(story("r-9")).isEmpty();
    }

    @Test
    void anEntryOfNoRequestIsToldByItsId() throws Exception {
        AuditEntry read =
                new AuditRead(Map.of("auth", "none"), "events", "http", Map.of("limit", 5), 5).entry("n1", NOON, 1);
        write("writer-0", read);

        assertThat(story(read.id())).contains("entry " + read.id()).anyMatch(line -> line.contains("\"entries\":5"));
    }

    @Test
    void aRecordThatStandsInTwoLogsIsToldOnceWithBothPlaces() throws Exception {
        AuditEntry accepted = accepted();
        write("writer-0", accepted);
        write("writer-1", accepted);

        assertThat(story("r-1").stream().filter(line -> line.contains("POST"))).hasSize(1);
        assertThat(story("r-1").stream().filter(line -> line.contains(" is entry 1 of ")))
                .hasSize(2);
        assertThat(Receipt.of("r-1", RequestRecords.of(data, "r-1")).records()).hasSize(1);
    }

    @Test
    void aReceiptProvesEveryRecordAndNothingElse() throws Exception {
        write("writer-0", accepted(), Entries.accepted("r-2"), outcome());
        Receipt receipt = Receipt.of("r-1", RequestRecords.of(data, "r-1"));

        assertThat(Receipt.parse(receipt.json())).isEqualTo(receipt);
        assertThat(receipt.verify(List.of())).hasSize(2);
        for (int bit = 0; bit < 8 * receipt.records().getFirst().leaf().length(); bit += 13) {
            byte[] leaf = receipt.records().getFirst().leaf().array().clone();
            leaf[bit / 8] ^= (byte) (1 << bit % 8);
            assertThatThrownBy(() -> with(receipt, leaf).verify(List.of())).isInstanceOf(NoteException.class);
        }
        var renamed = new Receipt("r-2", receipt.records());
        assertThatThrownBy(() -> renamed.verify(List.of())).hasMessageContaining("is not of request r-2");
    }

    @Test
    void aReceiptOfAKeyThatNobodyTrustsDoesNotHold() throws Exception {
        write("writer-0", accepted(), outcome());
        Receipt receipt = Receipt.of("r-1", RequestRecords.of(data, "r-1"));

        assertThatThrownBy(() ->
                        receipt.verify(List.of(SigningKey.generate("n1/other").verifier())))
                .hasMessageContaining("none of the trusted ones");
    }

    @Test
    void aReceiptHoldsByEitherKeyOfALogThatChangesItsKey() throws Exception {
        write("writer-0", accepted());
        Receipt receipt = Receipt.of("r-1", RequestRecords.of(data, "r-1"));
        Receipt.Proved record = receipt.records().getFirst();
        VerifierKey old = VerifierKey.parse(record.key());
        SigningKey next = SigningKey.generate(old.name());
        TlogProof proof = TlogProof.parse(record.proof());
        SignedNote note = SignedNote.parse(proof.checkpoint());
        String signedByBoth = note + next.sign(note.text()).signatures();
        var both = new Receipt(
                "r-1",
                List.of(new Receipt.Proved(
                        next.verifier().toString(),
                        record.type(),
                        record.leaf(),
                        new TlogProof(proof.index(), proof.hashes(), signedByBoth).toString())));

        assertThat(both.verify(List.of())).hasSize(1);
        assertThat(both.verify(List.of(old))).hasSize(1);
        assertThat(both.verify(List.of(next.verifier()))).hasSize(1);
        assertThatThrownBy(() ->
                        both.verify(List.of(SigningKey.generate(old.name()).verifier())))
                .isInstanceOf(NoteException.class);
    }

    @Test
    void whatIsNotSignedYetHasNoReceipt() throws Exception {
        try (TestLedger ledger = TestLedger.open(data.resolve("audit/writer-0"))) {
            ledger.append(Entries.accepted("r-0"));
            assertThat(RequestRecords.of(data, "r-0")).hasSize(1);
        }
        try (TestLedger ledger = TestLedger.open(data.resolve("audit/writer-0"))) {
            ledger.append(accepted());

            assertThatThrownBy(() -> Receipt.of("r-1", RequestRecords.of(data, "r-1")))
                    .isInstanceOf(Receipt.NotSignedException.class);
        }
    }

    private static Receipt with(Receipt receipt, byte[] leaf) {
        var records = new ArrayList<>(receipt.records());
        Receipt.Proved first = records.getFirst();
        records.set(0, new Receipt.Proved(first.key(), first.type(), Bytes.owning(leaf), first.proof()));
        return new Receipt(receipt.requestId(), records);
    }

    private static AuditEntry accepted() {
        return Entries.entry(
                "request.accepted",
                "r-1",
                NOON,
                Map.of(
                        "seq",
                        0,
                        "ask",
                        Map.of(
                                "method",
                                "POST",
                                "path",
                                "/v1/chat/completions",
                                "model",
                                "m\u001b",
                                "stream",
                                true,
                                "messages",
                                2,
                                "retry",
                                "1",
                                "idempotency",
                                "0123456789abcdef0123456789abcdef"),
                        "who",
                        Map.of("auth", "key", "key", "team-a", "tenant", "acme")));
    }

    private static AuditEntry outcome() {
        return Entries.entry(
                "request.outcome",
                "r-1",
                NOON.plusMillis(250),
                Map.of(
                        "seq", 1,
                        "of", 2,
                        "pol",
                                List.of(Map.of(
                                        "kind",
                                        "pii-detector",
                                        "phase",
                                        "input",
                                        "verdict",
                                        "redact",
                                        "us",
                                        300,
                                        "found",
                                        Map.of("email", 2))),
                        "up",
                                List.of(Map.of(
                                        "target",
                                        "t-1",
                                        "model",
                                        "llama",
                                        "start_us",
                                        1_000,
                                        "status",
                                        503,
                                        "retry",
                                        1,
                                        "cause",
                                        "overloaded")),
                        "out",
                                Map.of(
                                        "status",
                                        200,
                                        "ended_by",
                                        "complete",
                                        "target",
                                        "t-1",
                                        "bytes",
                                        99,
                                        "chunks",
                                        3,
                                        "us",
                                        250_000,
                                        "usage",
                                        Map.of("prompt", 7, "completion", 9))));
    }

    private List<String> story(String request) throws Exception {
        return RequestStory.of(RequestRecords.of(data, request));
    }

    private void write(String writer, AuditEntry... entries) throws Exception {
        try (TestLedger ledger = TestLedger.open(data.resolve("audit").resolve(writer))) {
            for (AuditEntry entry : entries) {
                ledger.append(entry);
            }
        }
    }
}

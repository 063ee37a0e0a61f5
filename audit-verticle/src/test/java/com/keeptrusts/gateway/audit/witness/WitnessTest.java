package com.keeptrusts.gateway.audit.witness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.keeptrusts.gateway.audit.note.CosignerKey;
import com.keeptrusts.gateway.audit.note.SignedNote;
import com.keeptrusts.gateway.audit.note.SigningKey;
import com.keeptrusts.gateway.audit.segment.DiskFiles;
import com.keeptrusts.gateway.audit.segment.FaultyFiles;
import com.keeptrusts.gateway.audit.segment.LogFiles;
import com.keeptrusts.gateway.audit.witness.Contradiction.Kind;
import com.keeptrusts.gateway.contract.AddCheckpoint;
import com.keeptrusts.gateway.contract.Bytes;
import com.keeptrusts.gateway.contract.WitnessAnswer;
import com.keeptrusts.gateway.contract.WitnessAnswer.Cosigned;
import com.keeptrusts.gateway.contract.WitnessAnswer.WitnessRefused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rules of C2SP tlog-witness, one by one. */
class WitnessTest {

    private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");

    @TempDir
    private Path directory;

    private final List<Contradiction> alarms = new ArrayList<>();
    private final SigningKey key = SigningKey.generate("n1/audit/a");
    private final GrowingLog log = new GrowingLog(key, "entry ", 600);
    private Witness witness;

    @BeforeEach
    void openWitness() throws IOException {
        witness = open(new DiskFiles());
    }

    @Test
    void aLogThatOnlyGrowsIsCosignedEachTime() throws Exception {
        var random = new Random(11);
        int held = 0;
        for (int size = 0; size < 600; size += random.nextInt(60)) {
            WitnessAnswer answer = witness.add(log.call(held, size));

            assertThat(cosigned(answer, log.signed(size))).isEqualTo(NOW);
            held = size;
        }
        assertThat(alarms).isEmpty();
    }

    @Test
    void anOldSizeThatIsNotTheOneHeldIsAConflictThatTellsTheOneHeld_409() throws Exception {
        witness.add(log.call(0, 300));

        assertThat(witness.add(log.call(0, 400))).isEqualTo(new WitnessRefused(409, 300, lastOf()));
        assertThat(witness.add(log.call(200, 400))).isEqualTo(new WitnessRefused(409, 300, lastOf()));
        assertThat(lastOf()).startsWith(log.signed(300).text());
        assertThat(alarms).isEmpty();
    }

    @Test
    void anOldSizeAboveTheNewOneIsABadRequest_400() throws Exception {
        assertThat(witness.add(log.call(5, 4))).isEqualTo(new WitnessRefused(400, 0, ""));
    }

    @Test
    void aNoteThatTheLogsKeyHasNotSignedIsForbidden_403() throws Exception {
        SignedNote forged = log.signedBy(SigningKey.generate("n1/audit/a"), 4);

        assertThat(witness.add(log.call(0, 4, forged))).isEqualTo(new WitnessRefused(403, 0, ""));
    }

    @Test
    void aKeyThatIsNotTheOriginsIsNotFound_404() throws Exception {
        AddCheckpoint call = log.call(0, 4);
        String other = SigningKey.generate("n2/audit/b").verifier().toString();

        assertThat(witness.add(new AddCheckpoint(call.deadline(), other, 0, call.proof(), call.checkpoint())))
                .isEqualTo(new WitnessRefused(404, 0, ""));
    }

    @Test
    void whatIsNoCheckpointIsABadRequest_400() throws Exception {
        AddCheckpoint call = log.call(0, 4);

        assertThat(witness.add(new AddCheckpoint(call.deadline(), call.vkey(), 0, List.of(), "no note")))
                .isEqualTo(new WitnessRefused(400, 0, ""));
        assertThat(witness.add(new AddCheckpoint(call.deadline(), "no key", 0, List.of(), call.checkpoint())))
                .isEqualTo(new WitnessRefused(400, 0, ""));
        List<Bytes> tooMany = Stream.generate(() -> log.root(1)).limit(64).toList();
        assertThat(witness.add(new AddCheckpoint(call.deadline(), call.vkey(), 0, tooMany, call.checkpoint())))
                .isEqualTo(new WitnessRefused(400, 0, ""));
    }

    @Test
    void everyChangedHashOfAProofIsUnprocessable_422() throws Exception {
        witness.add(log.call(0, 300));
        AddCheckpoint good = log.call(300, 555);
        for (int i = 0; i < good.proof().size(); i++) {
            List<Bytes> changed = new ArrayList<>(good.proof());
            changed.set(i, log.root(i + 1));

            assertThat(witness.add(new AddCheckpoint(good.deadline(), good.vkey(), 300, changed, good.checkpoint())))
                    .isEqualTo(new WitnessRefused(422, 300, lastOf()));
        }
        assertThat(witness.add(good)).isInstanceOf(Cosigned.class);
    }

    @Test
    void aRewrittenLogIsRefusedAndAlarmsWhateverItsSize() throws Exception {
        witness.add(log.call(0, 300));
        var rewritten = new GrowingLog(key, "other ", 600);

        assertThat(witness.add(rewritten.call(300, 300))).isEqualTo(new WitnessRefused(409, 300, lastOf()));
        assertThat(witness.add(rewritten.call(300, 400))).isEqualTo(new WitnessRefused(422, 300, lastOf()));
        assertThat(alarms)
                .containsExactly(
                        new Contradiction(Kind.REWRITTEN, "n1/audit/a", 300, 300),
                        new Contradiction(Kind.REWRITTEN, "n1/audit/a", 300, 400));
    }

    @Test
    void aRolledBackLogIsRefusedAndAlarms() throws Exception {
        witness.add(log.call(0, 300));

        assertThat(witness.add(log.call(200, 200))).isEqualTo(new WitnessRefused(409, 300, lastOf()));
        assertThat(witness.add(log.call(0, 299))).isEqualTo(new WitnessRefused(409, 300, lastOf()));
        assertThat(alarms)
                .containsExactly(
                        new Contradiction(Kind.ROLLED_BACK, "n1/audit/a", 300, 200),
                        new Contradiction(Kind.ROLLED_BACK, "n1/audit/a", 300, 299));
    }

    @Test
    void neverAreTwoTreesOfOneSizeSigned() throws Exception {
        var other = new GrowingLog(key, "other ", 600);
        var random = new Random(3);
        List<SignedNote> signed = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            GrowingLog shown = random.nextBoolean() ? log : other;
            int size = random.nextInt(1, 60);
            int old = random.nextBoolean() ? random.nextInt(0, size + 1) : heldSize();
            if (witness.add(shown.call(old, size)) instanceof Cosigned) {
                signed.add(shown.signed(size));
            }
        }

        assertThat(signed).hasSizeGreaterThan(3);
        assertThat(signed)
                .satisfiesAnyOf(
                        notes -> assertThat(notes).allMatch(note -> isOf(log, note)),
                        notes -> assertThat(notes).allMatch(note -> isOf(other, note)));
    }

    @Test
    void whatWasCosignedIsRememberedAfterARestart() throws Exception {
        witness.add(log.call(0, 300));
        CosignerKey before = witness.key();

        witness = open(new DiskFiles());

        assertThat(witness.key()).isEqualTo(before);
        assertThat(witness.add(log.call(0, 10))).isEqualTo(new WitnessRefused(409, 300, lastOf()));
        assertThat(witness.add(log.call(300, 310))).isInstanceOf(Cosigned.class);
    }

    @Test
    void nothingIsSignedWhenItCouldNotBeMadeDurable() throws Exception {
        witness.add(log.call(0, 300));
        var faulty = new FaultyFiles();
        Witness onBadDisk = open(faulty);
        faulty.failFlushes();

        assertThatThrownBy(() -> onBadDisk.add(log.call(300, 400))).isInstanceOf(IOException.class);
    }

    @Test
    void aMemoryThatCannotBeReadIsNotForgotten() throws Exception {
        witness.add(log.call(0, 300));
        try (Stream<Path> files = Files.list(directory)) {
            Path seen = files.filter(file -> file.getFileName().toString().length() == 64)
                    .findFirst()
                    .orElseThrow();
            Files.writeString(seen, "nothing was ever seen");
        }

        assertThatThrownBy(() -> open(new DiskFiles()))
                .hasMessageContaining("expected: what this witness has cosigned");
    }

    @Test
    void anotherKeyTakesTheLogOverOnlyWithTheFormerOnesSignature() throws Exception {
        witness.add(log.call(0, 300));
        SigningKey next = SigningKey.generate("n1/audit/a");
        String vkey = next.verifier().toString();
        SignedNote alone = log.signedBy(next, 310);
        SignedNote both = alone.with(log.signed(310).signatures());
        AddCheckpoint call = log.call(300, 310);

        assertThat(witness.add(new AddCheckpoint(call.deadline(), vkey, 300, call.proof(), alone.toString())))
                .isInstanceOfSatisfying(
                        WitnessRefused.class,
                        refused -> assertThat(refused.status()).isEqualTo(403));
        assertThat(alarms).containsExactly(new Contradiction(Kind.OTHER_KEY, "n1/audit/a", 300, 310));
        assertThat(witness.add(new AddCheckpoint(call.deadline(), vkey, 300, call.proof(), both.toString())))
                .isInstanceOf(Cosigned.class);
        AddCheckpoint later = log.call(310, 320);
        assertThat(witness.add(new AddCheckpoint(
                        later.deadline(),
                        vkey,
                        310,
                        later.proof(),
                        log.signedBy(next, 320).toString())))
                .isInstanceOf(Cosigned.class);
    }

    @Test
    void theKeyIsItsOwnersAlone() throws Exception {
        assertThat(Files.getPosixFilePermissions(directory.resolve("key.pem"))).hasSize(2);
        assertThat(CosignerKey.parse(Files.readString(directory.resolve("vkey"))))
                .isEqualTo(witness.key());
    }

    private Witness open(LogFiles files) throws IOException {
        return Witness.open(directory, "n2/audit/b/witness", files, Clock.fixed(NOW, ZoneOffset.UTC), alarms::add);
    }

    private Instant cosigned(WitnessAnswer answer, SignedNote note) throws Exception {
        assertThat(answer).isInstanceOf(Cosigned.class);
        Cosigned cosigned = (Cosigned) answer;
        assertThat(cosigned.vkey()).isEqualTo(witness.key().toString());
        return witness.key().cosigned(note.with(cosigned.signature())).orElseThrow();
    }

    private String lastOf() {
        return witness.lastOf("n1/audit/a");
    }

    private int heldSize() throws Exception {
        return lastOf().isEmpty() ? 0 : size(SignedNote.parse(lastOf()));
    }

    private static int size(SignedNote note) {
        return Integer.parseInt(note.text().split("\n", -1)[1]);
    }

    private static boolean isOf(GrowingLog log, SignedNote note) {
        return note.text().equals(log.signed(size(note)).text());
    }
}

package com.keeptrusts.gateway.audit.retention;

import static com.keeptrusts.gateway.audit.retention.PruneTest.assertSound;
import static org.assertj.core.api.Assertions.assertThat;

import com.keeptrusts.gateway.audit.note.Checkpoint;
import com.keeptrusts.gateway.audit.note.SigningKey;
import com.keeptrusts.gateway.audit.note.VerifierKey;
import com.keeptrusts.gateway.audit.read.LedgerProofs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A log changes its key and everyone who trusts the old one can follow. */
class KeyRotationTest {

    private static final Duration OVERLAP = Duration.ofDays(7);
    private static final Request OFFICER = new Request("security officer", "yearly");

    @TempDir
    private Path data;

    private KeptLog log;
    private VerifierKey first;

    @BeforeEach
    void writeALog() throws Exception {
        log = new KeptLog(data.resolve("audit/writer-0"));
        log.write(200);
        first = log.facts().key();
    }

    @Test
    void bothKeysSignWhileTheOverlapLastsAndThenTheNewOneAlone() throws Exception {
        VerifierKey second = log.act(keeping -> keeping.rotateKey(OVERLAP, OFFICER));

        assertThat(second.name()).isEqualTo(first.name());
        assertThat(second).isNotEqualTo(first);
        assertThat(published(second)).isEqualTo(published(first));
        assertSound(log.verify());

        log.pass(8);
        log.write(10);

        assertThat(published(second).size()).isGreaterThan(400);
        assertThat(Files.readString(log.directory.checkpoint()).split("\u2014 ", -1))
                .hasSize(2);
        assertThat(log.directory.key()).doesNotExist();
        assertSound(log.verify());
    }

    @Test
    void whoTrustsAnyOfTheKeysCanVerify() throws Exception {
        VerifierKey second = log.act(keeping -> keeping.rotateKey(OVERLAP, OFFICER));
        log.pass(8);
        log.write(300);
        VerifierKey third = log.act(keeping -> keeping.rotateKey(Duration.ZERO.plusDays(1), OFFICER));
        log.pass(2);
        log.write(1);

        assertSound(log.verify(first));
        assertSound(log.verify(second));
        assertSound(log.verify(third));
        assertThat(log.verify(SigningKey.generate(first.name()).verifier()).exitCode())
                .isEqualTo(1);
    }

    @Test
    void aKeyThatTheOneBeforeDidNotConfirmIsNamed() throws Exception {
        log.act(keeping -> keeping.rotateKey(OVERLAP, OFFICER));
        log.pass(8);
        log.write(300);
        try (var copies = Files.list(log.directory.path().resolve("checkpoints"))) {
            for (Path copy : copies.toList()) {
                String note = Files.readString(copy);
                Files.writeString(copy, note.replaceAll("(?m)^(\u2014 .*\n)\u2014 .*\n", "$1"));
            }
        }

        assertThat(String.join("\n", log.verify().lines())).contains("no checkpoint over it is signed by both keys");
    }

    @Test
    void aCrashBetweenTheEntryAndTheFileIsMendedAtTheNextStart() throws Exception {
        String before = Files.readString(log.directory.facts());
        VerifierKey second = log.act(keeping -> keeping.rotateKey(OVERLAP, OFFICER));
        Files.writeString(log.directory.facts(), before);

        log.write(5);

        assertThat(log.facts().key()).isEqualTo(second);
        assertSound(log.verify());
    }

    @Test
    void untilTheNextCheckpointTheOneOfTheKeyBeforeHolds() throws Exception {
        log.act(keeping -> {
            keeping.rotateKey(OVERLAP, OFFICER);

            assertSound(log.verify());
            assertThat(LedgerProofs.open(log.directory).size()).isEqualTo(401);
            return keeping;
        });
    }

    @Test
    void aLaterCheckpointMustBeSignedByThePresentKey() throws Exception {
        log.act(keeping -> keeping.rotateKey(OVERLAP, OFFICER));
        log.write(5);
        String note = Files.readString(log.directory.checkpoint());
        Files.writeString(log.directory.checkpoint(), note.replaceFirst("(?m)^\u2014 .*\n", ""));

        assertThat(String.join("\n", log.verify().lines())).contains("checkpoint: not signed by the present key");
    }

    @Test
    void theEntryTellsWhoAndWhy() throws Exception {
        log.act(keeping -> keeping.rotateKey(OVERLAP, OFFICER));

        assertThat(log.entries("admin.key_rotated"))
                .singleElement()
                .satisfies(entry -> assertThat(entry.leaf().toUtf8())
                        .contains("\"by\":\"security officer\"", "\"reason\":\"yearly\"", "\"from\":\"" + first + '"'));
    }

    private Checkpoint published(VerifierKey key) throws Exception {
        try {
            return Checkpoint.verified(Files.readString(log.directory.checkpoint()), key);
        } catch (IOException e) {
            throw new AssertionError("no checkpoint", e);
        }
    }
}

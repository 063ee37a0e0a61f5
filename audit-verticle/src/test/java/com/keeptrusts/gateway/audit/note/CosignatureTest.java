package com.keeptrusts.gateway.audit.note;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class CosignatureTest {

    /** A checkpoint of a public log with the cosignature of a public witness, both of the year 2026. */
    private static final String PUBLIC = """
            arche2025h1.staging.ct.transparency.dev
            1432088532
            U7WM79jrzyhGZ5/GUBTpM7NzwdyfFx61t3RovgcC4Ro=

            — arche2025h1.staging.ct.transparency.dev ui8GwCF1+kWqZrxGdhj4aX3gcw7XUlXQQabg/27lefwhUkzbC3NygNI75MdhL1bfTW9g8Ei59RA23oHP7Ry1k3ZFWwQ=
            — remora.n621.de 2net5wAAAABqEiEgPlfF3V06o0Y+fHM+J5J9s27wgxxcOVSpZ/2g/KSiXCg9DEZI+aVCIobWX9sXTynk5XeU/zZ0WBxtqB0DrAWfBw==
            — witness.stagemole.eu Z/euoAAAAABqEiEgw0i+7g2ENfDAWHmtRzCfKTHSDwYDJA2NmKeGi9Y8FtEyOUvVr+AJmIY/2TUFucgKi7lI7cUiOvKFYe/TmN9DAg==
            """;

    private static final String REMORA = "remora.n621.de+da77ade7+BOvN63jn/bLvkieywe8R6UYAtVtNbZpXh34x7onlmtw2";

    private static final String TEXT = "log.example\n7\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n";

    private final CosigningKey key = CosigningKey.generate("witness.example/w1");

    @Test
    void aCosignatureOfAPublicWitnessHolds() throws Exception {
        CosignerKey remora = CosignerKey.parse(REMORA);

        assertThat(remora.cosigned(SignedNote.parse(PUBLIC))).contains(Instant.parse("2026-05-23T21:50:24Z"));
        assertThat(remora).hasToString(REMORA);
    }

    @Test
    void aCosignatureOverAnotherTreeDoesNotHold() throws Exception {
        CosignerKey remora = CosignerKey.parse(REMORA);
        SignedNote grown = SignedNote.parse(PUBLIC.replace("1432088532", "1432088533"));

        assertThatThrownBy(() -> remora.cosigned(grown)).hasMessage("cosignature of remora.n621.de: does not hold");
    }

    @Test
    void whatAWitnessSignsIsOfItsTimeAndHoldsForItsKeyAlone() throws Exception {
        Instant time = Instant.ofEpochSecond(1_679_315_147);
        SigningKey log = SigningKey.generate("log.example");

        SignedNote note = log.sign(TEXT).with(key.cosign(TEXT, time));

        assertThat(CosignerKey.parse(key.verifier().toString()).cosigned(note)).contains(time);
        assertThat(CosigningKey.generate("witness.example/w1").verifier().cosigned(note))
                .isEmpty();
        note.verify(log.verifier());
    }

    @Test
    void everyChangedBitOfACosignatureIsNoticed() throws Exception {
        String line = key.cosign(TEXT, Instant.ofEpochSecond(1_679_315_147));
        SignedNote note = SigningKey.generate("log.example").sign(TEXT);
        byte[] typed = StrictBase64.decode(line.strip().split(" ", -1)[2]);

        for (int bit = 32; bit < typed.length * 8; bit++) { // the key's id, before, makes it a line of another
            typed[bit / 8] ^= (byte) (1 << bit % 8);
            SignedNote changed = note.with("— witness.example/w1 " + StrictBase64.encode(typed) + "\n");
            assertThatThrownBy(() -> key.verifier().cosigned(changed)).isInstanceOf(NoteException.class);
            typed[bit / 8] ^= (byte) (1 << bit % 8);
        }
    }

    @Test
    void ofAWitnessesAnswerOnlyValidLinesOfItsOwnKeyAreKept() {
        String own = key.cosign(TEXT, Instant.ofEpochSecond(1_679_315_147));
        String other = CosigningKey.generate("witness.example/w2").cosign(TEXT, Instant.ofEpochSecond(1));
        String forged = CosigningKey.generate("witness.example/w1").cosign(TEXT, Instant.ofEpochSecond(1));

        assertThat(key.verifier().valid(TEXT, other + "no signature line\n" + forged + own))
                .containsExactly(own.strip());
        assertThat(key.verifier().valid("log.example\n8\nx\n", own)).isEmpty();
    }

    @Test
    void aLogsKeyIsNoWitnesssKey() {
        assertThatThrownBy(() -> CosignerKey.parse(
                        SigningKey.generate("log.example").verifier().toString()))
                .hasMessageContaining("witness key: unknown algorithm");
    }
}

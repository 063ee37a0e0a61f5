package com.keeptrusts.gateway.audit.note;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.keeptrusts.gateway.audit.tree.TreeHash;
import com.keeptrusts.gateway.contract.Bytes;
import dev.sigstore.rekor.client.Checkpoints;
import dev.sigstore.rekor.client.RekorEntry;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class CheckpointTest {

    private static final Bytes ROOT = Bytes.owning(TreeHash.ofLeaf(new byte[] {1}));

    private final SigningKey key = SigningKey.generate("gw.example/audit/1");
    private final Checkpoint checkpoint = new Checkpoint("gw.example/audit/1", 70_123, ROOT);
    private final String note = key.sign(checkpoint.text()).toString();

    @Test
    void whatTheKeySignedIsReadBack() throws NoteException {
        assertThat(Checkpoint.verified(note, key.verifier())).isEqualTo(checkpoint);
    }

    @Test
    void anotherProgramReadsItTheSame() throws Exception {
        RekorEntry.Checkpoint read = Checkpoints.from(note);

        assertThat(read.getOrigin()).isEqualTo("gw.example/audit/1");
        assertThat(read.getSize()).isEqualTo(70_123);
        assertThat(read.getBase64Hash()).isEqualTo(Base64.getEncoder().encodeToString(ROOT.array()));
        assertThat(read.getSignatures())
                .singleElement()
                .satisfies(signature -> assertThat(signature.getIdentity()).isEqualTo("gw.example/audit/1"));
    }

    @Test
    void noChangedByteIsAccepted() {
        byte[] bytes = note.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < bytes.length; i++) {
            byte[] altered = bytes.clone();
            altered[i] ^= 1;
            String text = new String(altered, StandardCharsets.UTF_8);
            assertThatThrownBy(() -> Checkpoint.verified(text, key.verifier()))
                    .as("byte %d", i)
                    .isInstanceOf(NoteException.class);
        }
    }

    @Test
    void theSignatureOfAnotherKeyOfTheSameNameIsNotAccepted() {
        VerifierKey other = SigningKey.generate("gw.example/audit/1").verifier();

        assertThatThrownBy(() -> Checkpoint.verified(note, other)).hasMessageContaining("none");
    }

    @Test
    void signaturesOfUnknownKeysAreIgnored() throws NoteException {
        String cosigned = note
                + SigningKey.generate("witness.example").sign(checkpoint.text()).signatures();

        assertThat(Checkpoint.verified(cosigned, key.verifier())).isEqualTo(checkpoint);
    }

    @Test
    void aVerifierKeyIsReadBackFromItsText() throws NoteException {
        assertThat(VerifierKey.parse(key.verifier().toString())).isEqualTo(key.verifier());
        assertThatThrownBy(() -> VerifierKey.parse(key.verifier().toString().replace("gw.", "gx.")))
                .hasMessageContaining("does not belong");
    }

    @Test
    void thePublishedExampleOfAVerifierKeyIsUnderstood() throws NoteException {
        // the key of the Go checksum database, as its documentation gives it
        VerifierKey go = VerifierKey.parse("sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8");

        assertThat(go.name()).isEqualTo("sum.golang.org");
        assertThat(go).hasToString("sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8");
    }

    @Test
    void aPrivateKeyIsReadBackOnlyForItsOwnPublicHalf() throws NoteException {
        assertThat(SigningKey.ofPem(key.pem(), key.verifier()).sign("text\n")).isEqualTo(key.sign("text\n"));
        VerifierKey other = SigningKey.generate("gw.example/audit/1").verifier();
        assertThatThrownBy(() -> SigningKey.ofPem(key.pem(), other)).hasMessageContaining("does not belong");
    }
}

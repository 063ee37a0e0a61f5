package com.keeptrusts.gateway.audit.witness;

import com.keeptrusts.gateway.audit.note.Checkpoint;
import com.keeptrusts.gateway.audit.note.CosignerKey;
import com.keeptrusts.gateway.audit.note.CosigningKey;
import com.keeptrusts.gateway.audit.note.NoteException;
import com.keeptrusts.gateway.audit.note.SignedNote;
import com.keeptrusts.gateway.audit.note.VerifierKey;
import com.keeptrusts.gateway.audit.segment.LogFiles;
import com.keeptrusts.gateway.audit.tree.ConsistencyProof;
import com.keeptrusts.gateway.audit.witness.Contradiction.Kind;
import com.keeptrusts.gateway.contract.AddCheckpoint;
import com.keeptrusts.gateway.contract.Bytes;
import com.keeptrusts.gateway.contract.WitnessAnswer;
import com.keeptrusts.gateway.contract.WitnessAnswer.Cosigned;
import com.keeptrusts.gateway.contract.WitnessAnswer.WitnessRefused;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Cosigns the checkpoints of other logs by the rules of C2SP tlog-witness: only what continues all that it has cosigned
 * of that log, and only once that is durable. A log is known by the key with which it first came; another key takes its
 * place when both have signed one checkpoint. Blocks; one caller at a time is served.
 */
final class Witness {

    private static final Logger LOG = LoggerFactory.getLogger(Witness.class);
    private static final int MOST_HASHES = 63;
    private static final int LONGEST_NOTE = 64 * 1024;

    private final CosigningKey key;
    private final WitnessStore store;
    private final Clock clock;
    private final Consumer<Contradiction> alarm;

    private Witness(CosigningKey key, WitnessStore store, Clock clock, Consumer<Contradiction> alarm) {
        this.key = key;
        this.store = store;
        this.clock = clock;
        this.alarm = alarm;
    }

    /**
     * The witness whose key and memory are in a directory; they are made when it is new.
     *
     * @param alarm hears of logs that contradict themselves, on the caller's thread
     */
    static Witness open(Path directory, String name, LogFiles files, Clock clock, Consumer<Contradiction> alarm)
            throws IOException {
        return new Witness(WitnessKey.in(directory, name, files), WitnessStore.open(files, directory), clock, alarm);
    }

    CosignerKey key() {
        return key.verifier();
    }

    /** The last checkpoint of a log that was cosigned; empty when there is none. */
    synchronized String lastOf(String origin) {
        return store.find(origin).map(Seen::note).orElse("");
    }

    /**
     * Judges a checkpoint.
     *
     * @throws IOException when what was judged could not be made durable; nothing is signed then
     */
    synchronized WitnessAnswer add(AddCheckpoint call) throws IOException {
        if (call.proof().size() > MOST_HASHES || call.checkpoint().length() > LONGEST_NOTE || call.oldSize() < 0) {
            return new WitnessRefused(400, 0, "");
        }
        try {
            VerifierKey shownKey = VerifierKey.parse(call.vkey());
            SignedNote note = SignedNote.parse(call.checkpoint());
            Checkpoint shown = Checkpoint.parse(note.text());
            Optional<Seen> known = store.find(shown.origin());
            if (known.isEmpty() && !store.hasRoom()) {
                LOG.warn(
                        "{} is not witnessed: {} logs are, and no more (expected: files of logs that are gone removed)",
                        shown.origin(),
                        WitnessStore.MOST_LOGS);
                return new WitnessRefused(404, 0, "");
            }
            if (!shownKey.name().equals(shown.origin())) {
                return new WitnessRefused(404, 0, "");
            }
            return judge(call, note, shown, shownKey, known.orElse(Seen.nothing(shownKey)));
        } catch (NoteException e) {
            return new WitnessRefused(400, 0, "");
        }
    }

    private WitnessAnswer judge(AddCheckpoint call, SignedNote note, Checkpoint shown, VerifierKey shownKey, Seen seen)
            throws IOException {
        if (!signs(shownKey, note) || !signs(seen.key(), note)) {
            boolean impostor = signs(shownKey, note);
            return impostor ? contradicted(403, Kind.OTHER_KEY, seen, shown) : refused(403, seen);
        }
        long held = seen.checkpoint().size();
        if (call.oldSize() > shown.size()) {
            return refused(400, seen);
        }
        if (shown.size() < held) {
            return contradicted(409, Kind.ROLLED_BACK, seen, shown);
        }
        if (call.oldSize() != held) {
            return refused(409, seen);
        }
        byte[] heldRoot = seen.checkpoint().root().array();
        var proof = new ConsistencyProof(
                held, shown.size(), call.proof().stream().map(Bytes::array).toList());
        if (!proof.proves(heldRoot, shown.root().array())) {
            return contradicted(held == shown.size() ? 409 : 422, Kind.REWRITTEN, seen, shown);
        }
        return cosign(note, shown, seen.cosigned(shownKey, "", shown));
    }

    private WitnessAnswer cosign(SignedNote note, Checkpoint shown, Seen grown) throws IOException {
        String line = key.cosign(note.text(), clock.instant());
        store.keep(grown.cosigned(grown.key(), note.with(line).toString(), shown));
        return new Cosigned(key.verifier().toString(), line);
    }

    private WitnessAnswer contradicted(int status, Kind kind, Seen seen, Checkpoint shown) {
        alarm.accept(new Contradiction(kind, shown.origin(), seen.checkpoint().size(), shown.size()));
        return refused(status, seen);
    }

    private static WitnessAnswer refused(int status, Seen seen) {
        return new WitnessRefused(status, seen.checkpoint().size(), seen.note());
    }

    private static boolean signs(VerifierKey key, SignedNote note) {
        try {
            note.verify(key);
            return true;
        } catch (NoteException e) {
            return false;
        }
    }
}

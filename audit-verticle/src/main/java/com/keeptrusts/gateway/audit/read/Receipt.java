package com.keeptrusts.gateway.audit.read;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.keeptrusts.gateway.audit.ledger.LeafHead;
import com.keeptrusts.gateway.audit.ledger.LogFacts;
import com.keeptrusts.gateway.audit.note.Checkpoint;
import com.keeptrusts.gateway.audit.note.NoteException;
import com.keeptrusts.gateway.audit.note.TlogProof;
import com.keeptrusts.gateway.audit.note.VerifierKey;
import com.keeptrusts.gateway.contract.Bytes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** The records of one request with a proof for each, in one file that needs nothing else to be verified. */
public record Receipt(String requestId, List<Proved> records) {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /**
     * A record and its proof.
     *
     * @param key of the log, as it stood in {@code log.json}
     * @param proof a {@code .tlog-proof} (C2SP tlog-proof)
     */
    public record Proved(String key, String type, Bytes leaf, String proof) {}

    /** Nothing in the receipt is under a signed checkpoint yet; in a second or two it is. */
    public static final class NotSignedException extends IOException {

        private static final long serialVersionUID = 1;

        NotSignedException(String message) {
            super(message);
        }
    }

    public Receipt {
        records = List.copyOf(records);
    }

    /**
     * Proves what was found, each record once.
     *
     * @throws NotSignedException when one of them is not under a checkpoint yet
     */
    public static Receipt of(String requestId, List<RequestRecords.Found> found) throws IOException {
        var records = new ArrayList<Proved>();
        for (RequestRecords.Found one : found) {
            Bytes leaf = one.entry().leaf();
            if (records.stream().anyMatch(other -> other.leaf().equals(leaf))) {
                continue;
            }
            LedgerProofs proofs = LedgerProofs.open(one.log());
            if (one.entry().index() >= proofs.size()) {
                throw new NotSignedException(
                        "entry " + one.entry().index() + " of " + one.entry().origin() + " is not signed yet");
            }
            records.add(new Proved(
                    LogFacts.read(one.log().facts()).key().toString(),
                    one.entry().head().type(),
                    leaf,
                    proofs.receipt(one.entry().index()).toString()));
        }
        return new Receipt(requestId, records);
    }

    /**
     * Checks every record against its proof, and that it is of this request.
     *
     * @param trusted keys that were had from elsewhere; when there are none, the receipt's own are taken
     * @return a line for each record
     * @throws NoteException when one does not hold
     */
    public List<String> verify(List<VerifierKey> trusted) throws NoteException {
        var lines = new ArrayList<String>();
        if (records.isEmpty()) {
            throw new NoteException("receipt: has no records");
        }
        for (Proved record : records) {
            TlogProof proof = TlogProof.parse(record.proof());
            Checkpoint signed = verified(record, proof, trusted);
            LeafHead head = LeafHead.read(record.leaf().array());
            if (head == null
                    || !(head.requestId().equals(requestId) || head.id().equals(requestId))) {
                throw new NoteException("receipt: entry " + proof.index() + " is not of request " + requestId);
            }
            lines.add(head.type() + " of " + head.time() + " is entry " + proof.index() + " of " + signed.origin()
                    + ", under its checkpoint of " + signed.size() + " entries");
        }
        return lines;
    }

    /** A log that changes its key signs with both for a while, so any trusted key of the log will do. */
    private static Checkpoint verified(Proved record, TlogProof proof, List<VerifierKey> trusted) throws NoteException {
        VerifierKey own = VerifierKey.parse(record.key());
        List<VerifierKey> keys = trusted.isEmpty()
                ? List.of(own)
                : trusted.stream().filter(key -> key.name().equals(own.name())).toList();
        var failure = new NoteException("receipt: the key of " + own.name() + " is none of the trusted ones");
        for (VerifierKey key : keys) {
            try {
                return proof.verify(record.leaf().array(), key);
            } catch (NoteException e) {
                failure = e;
            }
        }
        throw failure;
    }

    /** As {@link #parse} reads it. */
    public String json() {
        ObjectNode json = JSON.createObjectNode().put("format", 1).put("request_id", requestId);
        var array = json.putArray("records");
        for (Proved record : records) {
            array.addObject()
                    .put("type", record.type())
                    .put("vkey", record.key())
                    .put(
                            "leaf",
                            Base64.getEncoder().encodeToString(record.leaf().array()))
                    .put("proof", record.proof());
        }
        return json.toPrettyString() + "\n";
    }

    public static Receipt parse(String text) throws NoteException {
        try {
            JsonNode json = JSON.readTree(text);
            var records = new ArrayList<Proved>();
            for (JsonNode record : json.path("records")) {
                records.add(new Proved(
                        record.path("vkey").asText(),
                        record.path("type").asText(),
                        Bytes.owning(
                                Base64.getDecoder().decode(record.path("leaf").asText())),
                        record.path("proof").asText()));
            }
            if (json.path("format").asInt() != 1 || records.isEmpty()) {
                throw new NoteException("receipt: not a receipt of format 1");
            }
            return new Receipt(json.path("request_id").asText(), records);
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw new NoteException("receipt: not readable as JSON with base64 leaves");
        }
    }
}

package com.keeptrusts.gateway.node.ledger;

import com.keeptrusts.gateway.audit.ledger.LeafHead;
import com.keeptrusts.gateway.audit.read.AuditRead;
import com.keeptrusts.gateway.audit.read.EventLines;
import com.keeptrusts.gateway.audit.read.Receipt;
import com.keeptrusts.gateway.audit.read.RequestRecords;
import com.keeptrusts.gateway.audit.read.RequestStory;
import com.keeptrusts.gateway.audit.segment.LedgerException;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** One request: its story, and the receipt that proves it to others. */
final class RequestRoutes {

    private static final String NOT_KEPT = "no-store";
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9._:-]{1,128}");

    private final LedgerDesk desk;
    private final Counter counter;
    private final ReadJournal journal;

    RequestRoutes(LedgerDesk desk, Counter counter, ReadJournal journal) {
        this.desk = desk;
        this.counter = counter;
        this.journal = journal;
    }

    /** All records and, as lines for a person, what they tell. */
    Future<Found> story(Reader reader, String id, boolean asText) {
        return records(reader, id)
                .compose(records -> recorded(reader, "request", id, records))
                .compose(records -> counter.read(() -> asText
                        ? Found.text(String.join("\n", RequestStory.of(records)) + "\n", NOT_KEPT)
                        : Found.json(json(id, records), NOT_KEPT)));
    }

    /** The whole receipt, or with a name one file of it, for other programs. */
    Future<Found> proof(Reader reader, String id, String file) {
        return records(reader, id)
                .compose(records -> counter.read(() -> receipt(id, records))
                        .compose(receipt ->
                                recorded(reader, "proof", id, records).map(receipt)))
                .map(receipt -> part(receipt, file));
    }

    private Future<List<RequestRecords.Found>> records(Reader reader, String id) {
        if (!ID.matcher(id).matches()) {
            throw LedgerRefusal.badRequest(
                    "request id: not one (expected: as the gateway answered it in x-request-id)");
        }
        return counter.read(() -> find(id)).compose(records -> {
            if (records.isEmpty()) {
                return Future.failedFuture(notFound());
            }
            return mayHave(reader, records) ? Future.succeededFuture(records) : denied(reader, id);
        });
    }

    private static LedgerRefusal notFound() {
        return LedgerRefusal.notFound("no entry of that request in the ledger of this process");
    }

    private static boolean mayHave(Reader reader, List<RequestRecords.Found> records) {
        KeyHolder holder = reader.holder();
        List<JsonObject> callers = records.stream()
                .filter(record -> record.entry().head().type().equals(LeafHead.ACCEPTED))
                .map(record -> new JsonObject(record.entry().leaf().toUtf8()).getJsonObject("who", new JsonObject()))
                .toList();
        return holder == null || (!callers.isEmpty() && callers.stream().allMatch(holder::asked));
    }

    /** Someone else's request: answered as if it were not there, and recorded. */
    private <T> Future<T> denied(Reader reader, String id) {
        Map<String, Object> query = Map.of("request", id, "denied", true);
        return journal.record(new AuditRead(reader.who(), "request", "http", query, 0))
                .compose(_ -> Future.failedFuture(notFound()));
    }

    private List<RequestRecords.Found> find(String id) throws IOException {
        try {
            return RequestRecords.of(desk.data(), id);
        } catch (LedgerException e) {
            throw LedgerRefusal.notFound("this process keeps no ledger");
        }
    }

    private Future<List<RequestRecords.Found>> recorded(
            Reader reader, String what, String id, List<RequestRecords.Found> records) {
        return journal.record(new AuditRead(reader.who(), what, "http", Map.of("request", id), records.size()))
                .map(records);
    }

    private static Receipt receipt(String id, List<RequestRecords.Found> records) throws IOException {
        try {
            return Receipt.of(id, records);
        } catch (Receipt.NotSignedException e) {
            throw new LedgerRefusal(409, "not_signed_yet", e.getMessage() + "; try again in a second");
        }
    }

    private static Found part(Receipt receipt, String file) {
        if (file.isEmpty()) {
            return Found.json(receipt.json(), NOT_KEPT);
        }
        String[] name = file.split("\\.", 2);
        int n = name[0].matches("[0-9]{1,3}") ? Integer.parseInt(name[0]) : Integer.MAX_VALUE;
        if (n < receipt.records().size() && name.length == 2) {
            Receipt.Proved record = receipt.records().get(n);
            if (name[1].equals("tlog-proof")) {
                return Found.text(record.proof(), NOT_KEPT);
            }
            if (name[1].equals("leaf")) {
                return Found.bytes(record.leaf().array(), NOT_KEPT);
            }
        }
        throw LedgerRefusal.notFound("no such part (expected: 0.leaf, 0.tlog-proof and so on, up to "
                + (receipt.records().size() - 1) + ")");
    }

    private static String json(String id, List<RequestRecords.Found> records) {
        String entries =
                records.stream().map(record -> EventLines.json(record.entry())).collect(Collectors.joining(",\n"));
        String head = new JsonObject()
                .put("request_id", id)
                .put("story", new JsonArray(RequestStory.of(records)))
                .encode();
        return head.substring(0, head.length() - 1) + ",\"records\":[\n" + entries + "\n]}\n";
    }
}

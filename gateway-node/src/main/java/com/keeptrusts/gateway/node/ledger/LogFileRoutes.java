package com.keeptrusts.gateway.node.ledger;

import com.keeptrusts.gateway.audit.index.SignedSize;
import com.keeptrusts.gateway.audit.ledger.Checkpoints;
import com.keeptrusts.gateway.audit.ledger.EntryBundle;
import com.keeptrusts.gateway.audit.ledger.LedgerDirectory;
import com.keeptrusts.gateway.audit.ledger.LogFacts;
import com.keeptrusts.gateway.audit.ledger.TileContent;
import com.keeptrusts.gateway.audit.ledger.TilePath;
import com.keeptrusts.gateway.audit.read.AuditRead;
import com.keeptrusts.gateway.audit.tree.TreeHash;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** The logs of a data directory as C2SP tlog-tiles serves them. */
final class LogFileRoutes {

    private static final String FOREVER = "private, max-age=31536000, immutable";
    private static final String NOW = "no-cache";

    private final LedgerDesk desk;
    private final Counter counter;
    private final ReadJournal journal;

    LogFileRoutes(LedgerDesk desk, Counter counter, ReadJournal journal) {
        this.desk = desk;
        this.counter = counter;
        this.journal = journal;
    }

    /** What there is; not a read of the trail. */
    Future<Found> logs() {
        return counter.read(() -> {
            var logs = new JsonArray();
            for (LedgerDirectory log : found()) {
                LogFacts facts = LogFacts.read(log.facts());
                String name = name(log);
                logs.add(new JsonObject()
                        .put("name", name)
                        .put("origin", facts.origin())
                        .put("vkey", facts.key().toString())
                        .put("size", SignedSize.of(log))
                        .put("minimum_index", facts.minimumIndex())
                        .put("path", LedgerRoutes.ROOT + "/logs/" + name));
            }
            return Found.json(new JsonObject().put("logs", logs).encodePrettily() + "\n", NOW);
        });
    }

    /** One file, once an entry speaks for the reader. */
    Future<Found> file(Reader reader, String log, String name) {
        LogFileName file = LogFileName.of(name)
                .orElseThrow(() -> LedgerRefusal.notFound(
                        "no such file of a log (expected: checkpoint, checkpoints, log.json or tile/...)"));
        return counter.read(() -> directory(log))
                .compose(directory -> counter.read(() -> new Sized(directory, SignedSize.of(directory))))
                .compose(sized -> journal.recordFiles(reader, log, read(reader, log, sized))
                        .compose(_ -> counter.read(() -> read(sized.directory(), file))));
    }

    private record Sized(LedgerDirectory directory, long size) {}

    private static AuditRead read(Reader reader, String log, Sized sized) {
        return new AuditRead(reader.who(), "files", "http", Map.of("log", log), sized.size());
    }

    private List<LedgerDirectory> found() {
        try {
            return LedgerDirectory.find(desk.data());
        } catch (IOException e) {
            throw LedgerRefusal.notFound("this process keeps no ledger");
        }
    }

    private LedgerDirectory directory(String name) {
        return found().stream()
                .filter(log -> name(log).equals(name))
                .findFirst()
                .orElseThrow(() -> LedgerRefusal.notFound("no such log; " + LedgerRoutes.ROOT + "/logs lists them"));
    }

    private static String name(LedgerDirectory log) {
        return String.valueOf(log.path().getFileName());
    }

    private static Found read(LedgerDirectory log, LogFileName name) throws IOException {
        try {
            return switch (name) {
                case LogFileName.Latest _ -> Found.text(Files.readAllBytes(log.checkpoint()), NOW);
                case LogFileName.Facts _ -> Found.json(Files.readString(log.facts()), NOW);
                case LogFileName.Kept _ -> kept(log);
                case LogFileName.Older(String size) ->
                    Found.text(Files.readAllBytes(log.checkpoints().resolve(size)), FOREVER);
                case LogFileName.Tile(TilePath path) -> Found.bytes(tile(log, path), FOREVER);
            };
        } catch (NoSuchFileException e) {
            throw LedgerRefusal.notFound("not there: beyond the signed tree, or pruned");
        }
    }

    private static Found kept(LedgerDirectory log) throws IOException {
        var sizes = new JsonArray();
        for (Path copy : Checkpoints.copies(log)) {
            sizes.add(String.valueOf(copy.getFileName()));
        }
        return Found.json(sizes.encode(), NOW);
    }

    /** Exactly so wide as asked for, also where only a wider one is left on the disk. */
    private static byte[] tile(LedgerDirectory log, TilePath path) throws IOException {
        byte[] found = TileContent.read(log, path);
        if (path.level() == TilePath.ENTRIES) {
            List<byte[]> leaves = EntryBundle.parse(found);
            return leaves.size() == path.width() ? found : EntryBundle.write(first(leaves, path));
        }
        int length = path.width() * TreeHash.LENGTH;
        if (found.length < length) {
            throw new NoSuchFileException(path.toString());
        }
        return found.length == length ? found : Arrays.copyOf(found, length);
    }

    private static List<byte[]> first(List<byte[]> leaves, TilePath path) throws NoSuchFileException {
        if (leaves.size() < path.width()) {
            throw new NoSuchFileException(path.toString());
        }
        return leaves.subList(0, path.width());
    }
}

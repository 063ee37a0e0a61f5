import com.keeptrusts.gateway.audit.ledger.LedgerDirectory;
import com.keeptrusts.gateway.audit.ledger.LedgerEntry;
import com.keeptrusts.gateway.audit.ledger.LogCursor;
import com.keeptrusts.gateway.audit.ledger.TileTree;
import com.keeptrusts.gateway.audit.read.LedgerProofs;
import com.keeptrusts.gateway.audit.tree.ConsistencyProof;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Random;
import java.util.stream.Collectors;

/** Lets the gateway's own code make receipts and consistency proofs from a log, for other programs to check. */
final class Receipts {

    private static final int COUNT = 300;

    private Receipts() {}

    public static void main(String[] arguments) throws IOException {
        var log = new LedgerDirectory(Path.of(arguments[0]));
        Path out = Files.createDirectories(Path.of(arguments[1]));
        LedgerProofs proofs = LedgerProofs.open(log);
        var random = new Random(6962);
        for (int i = 0; i < COUNT; i++) {
            receipt(log, proofs, i < 2 ? i * (proofs.size() - 1) : random.nextLong(proofs.size()), out);
            long newer = 1 + random.nextLong(proofs.size());
            consistency(new TileTree(log, proofs.size()), 1 + random.nextLong(newer), newer, out);
        }
    }

    private static void receipt(LedgerDirectory log, LedgerProofs proofs, long index, Path out) throws IOException {
        try (LogCursor cursor = LogCursor.open(log, index)) {
            LedgerEntry entry = cursor.next();
            Files.write(out.resolve(index + ".leaf"), entry.leaf().array());
            Files.writeString(
                    out.resolve(index + ".tlog-proof"), proofs.receipt(index).toString());
        }
    }

    private static void consistency(TileTree tree, long older, long newer, Path out) throws IOException {
        String hashes = ConsistencyProof.of(tree, older, newer).hashes().stream()
                .map(Receipts::quoted)
                .collect(Collectors.joining(","));
        String text =
                """
                {"old_size":%d,"old_root":%s,"new_size":%d,"new_root":%s,"hashes":[%s]}
                """.formatted(older, quoted(tree.range(0, older)), newer, quoted(tree.range(0, newer)), hashes);
        Files.writeString(out.resolve(older + "-" + newer + ".consistency.json"), text);
    }

    private static String quoted(byte[] hash) {
        return '"' + Base64.getEncoder().encodeToString(hash) + '"';
    }
}

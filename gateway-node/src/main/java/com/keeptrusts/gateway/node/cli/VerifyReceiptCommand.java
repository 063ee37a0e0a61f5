package com.keeptrusts.gateway.node.cli;

import com.keeptrusts.gateway.audit.note.NoteException;
import com.keeptrusts.gateway.audit.note.VerifierKey;
import com.keeptrusts.gateway.audit.read.Receipt;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code kt events verify-receipt}: exit code 0 it holds, 1 it does not, 2 it could not be read. */
@Command(
        name = "verify-receipt",
        description = "Prove a receipt offline: needs the file alone, and a key that you trust.",
        mixinStandardHelpOptions = true)
final class VerifyReceiptCommand implements Callable<Integer> {

    private static final long MOST_BYTES = 16 * 1024 * 1024;

    @Parameters(paramLabel = "FILE", description = "As kt events receipt or .../requests/<id>/proof gave it.")
    private Path file;

    @Option(names = "--key", description = "Repeatable: a verifier key (name+hash+key) that was kept elsewhere.")
    private List<String> trusted = new ArrayList<>();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        try {
            if (Files.size(file) > MOST_BYTES) {
                throw new IOException(file + ": too large for a receipt (expected: at most 16 MiB)");
            }
            List<VerifierKey> keys = new ArrayList<>();
            for (String key : trusted) {
                keys.add(VerifierKey.parse(key));
            }
            Receipt receipt = Receipt.parse(Files.readString(file));
            return verify(receipt, keys, out);
        } catch (IOException | NoteException e) {
            spec.commandLine().getErr().println("kt: " + e.getMessage());
            return 2;
        }
    }

    private int verify(Receipt receipt, List<VerifierKey> keys, PrintWriter out) {
        try {
            out.println("request " + receipt.requestId());
            receipt.verify(keys).forEach(line -> out.println("  " + line));
            out.println(
                    keys.isEmpty()
                            ? "the receipt holds, by the key that stands in it: give --key to check it against yours"
                            : "the receipt holds");
            return 0;
        } catch (NoteException e) {
            out.println("the receipt does NOT hold: " + e.getMessage());
            return 1;
        }
    }
}

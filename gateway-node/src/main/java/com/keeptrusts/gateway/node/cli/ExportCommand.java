package com.keeptrusts.gateway.node.cli;

import com.keeptrusts.gateway.audit.read.EventFormat;
import com.keeptrusts.gateway.audit.read.Events;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code kt events export}: entries for other programs. A file that is there already is left as it is. */
@Command(name = "export", description = "Entries as JSON lines or CSV.", mixinStandardHelpOptions = true)
final class ExportCommand implements Callable<Integer> {

    @Mixin
    private EventFilter filter;

    @Option(
            names = "--limit",
            defaultValue = "0",
            description = "At most so many, 0 for all. Default: ${DEFAULT-VALUE}")
    private int limit;

    @Option(names = "--format", defaultValue = "json", description = "json or csv. Default: ${DEFAULT-VALUE}")
    private String format;

    @Option(names = "--output", description = "A new file. Default: standard output")
    private @Nullable Path output;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        if (!List.of("json", "csv").contains(format)) {
            throw new ParameterException(spec.commandLine(), "--format: '" + format + "' (expected: json or csv)");
        }
        if (output == null) {
            PrintWriter out = spec.commandLine().getOut();
            write(out);
            return out.checkError() ? 1 : 0;
        }
        try (var file = new PrintWriter(
                Files.newBufferedWriter(output, StandardCharsets.UTF_8, StandardOpenOption.CREATE_NEW))) {
            write(file);
            return file.checkError() ? 1 : 0;
        } catch (FileAlreadyExistsException _) {
            spec.commandLine().getErr().println(output + ": is there already and was left as it is");
            return 1;
        }
    }

    private void write(PrintWriter out) throws IOException {
        var events = new Events(filter.dataDir, format.equals("csv") ? EventFormat.CSV : EventFormat.JSON, out::print);
        events.export(filter.query(spec, limit));
        out.flush();
        LocalRead.tell(filter.dataDir, "events", filter.asked(), events.given());
    }
}

package com.keeptrusts.gateway.node.cli;

import com.keeptrusts.gateway.node.evaluation.CrossEvaluation;
import com.keeptrusts.gateway.node.evaluation.DataFileException;
import com.keeptrusts.gateway.node.evaluation.DataFiles;
import com.keeptrusts.gateway.node.evaluation.Evaluation;
import com.keeptrusts.gateway.node.evaluation.LabelledTexts;
import com.keeptrusts.gateway.node.evaluation.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code kt eval}: measures a detector on texts. Exit code 0 when it ran, 2 when a file cannot be used. */
@Command(
        name = "eval",
        description = {
            "Measure a detector on texts, one JSON object per line.",
            "Labelled lines give figures; lines with only id, text, channel and lang give predictions and speed.",
            "Prints figures and never a text."
        },
        mixinStandardHelpOptions = true)
public final class EvalCommand implements Callable<Integer> {

    /** The detectors that can be measured. */
    enum Detector {
        INJECTION,
        PII
    }

    @Parameters(paramLabel = "DETECTOR", description = "injection or pii")
    private Detector detector;

    @Option(names = "--data", required = true, description = "Repeatable: files of one JSON object per line.")
    private List<Path> data;

    @Option(names = "--json", description = "Print one JSON document.")
    private boolean json;

    @Option(
            names = "--predictions",
            description = {
                "Write one line per text:",
                "injection: {\"id\",\"score\",\"us\"}, flagged from score 0.5 on;",
                "pii: {\"id\",\"spans\":[{\"start\",\"end\",\"type\",\"score\"}],\"us\"}, in code points, end exclusive."
            })
    private @Nullable Path predictions;

    @Option(names = "--explain", description = "injection: add to each prediction what every layer contributed.")
    private boolean explain;

    @Option(names = "--names", description = "pii: look for names and street addresses too, as with names: true.")
    private boolean names;

    @Option(
            names = "--cross-validate",
            description = "injection: train anew without each source in turn and measure on that source.")
    private boolean crossValidate;

    @Option(
            names = "--own",
            defaultValue = TrainCommand.OWN,
            description = "The project's own texts, for --cross-validate. Default: ${DEFAULT-VALUE}")
    private Path own;

    @Option(names = "--write", paramLabel = "DOC", description = "Write the figures as a Markdown page.")
    private @Nullable Path document;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        try {
            Report report = report();
            spec.commandLine().getOut().println(json ? report.json().encodePrettily() : report.text());
            if (document != null) {
                Files.writeString(document, report.markdown(commandLine()));
            }
            return 0;
        } catch (DataFileException e) {
            spec.commandLine().getErr().println("kt: " + e.getMessage());
            return 2;
        }
    }

    private Report report() throws IOException {
        var files = new DataFiles(data);
        if (crossValidate) {
            if (detector != Detector.INJECTION || predictions != null) {
                throw new ParameterException(
                        spec.commandLine(),
                        "--cross-validate: not with this (expected: injection without --predictions)");
            }
            return CrossEvaluation.of(LabelledTexts.read(files), LabelledTexts.readFolder(own));
        }
        var evaluation = new Evaluation(files, predictions, explain);
        return detector == Detector.INJECTION ? evaluation.injection() : evaluation.pii(names);
    }

    private String commandLine() {
        String files =
                data.stream().map(file -> " --data " + file.getFileName()).collect(Collectors.joining());
        String name = detector.name().toLowerCase(Locale.ROOT);
        return "./kt eval " + name + files + (crossValidate ? " --cross-validate" : "") + " --write " + document;
    }
}

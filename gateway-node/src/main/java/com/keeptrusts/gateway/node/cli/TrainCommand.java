package com.keeptrusts.gateway.node.cli;

import com.keeptrusts.gateway.node.evaluation.DataFileException;
import com.keeptrusts.gateway.node.evaluation.DataFiles;
import com.keeptrusts.gateway.node.evaluation.LabelledTexts;
import com.keeptrusts.gateway.policy.injection.InjectionTraining;
import com.keeptrusts.gateway.policy.injection.LabelledText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code kt train}: trains the models that ship with detectors. */
@Command(
        name = "train",
        description = "Train the model of a detector from labelled texts.",
        mixinStandardHelpOptions = true,
        subcommands = TrainCommand.Injection.class)
public final class TrainCommand implements Runnable {

    static final String OWN = "${sys:kt.home:-.}/policy-verticles/src/training/injection";
    private static final String RESOURCES =
            "${sys:kt.home:-.}/policy-verticles/src/main/resources/com/keeptrusts/gateway/policy/injection";

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    /** Exit code 0 when it trained, 2 when a file cannot be used. */
    @Command(
            name = "injection",
            description = {
                "Train the model of prompt-injection from labelled texts, one JSON object per line.",
                "The same texts give the same bytes. Texts under share-alike licences do not teach."
            },
            mixinStandardHelpOptions = true)
    static final class Injection implements Callable<Integer> {

        @Option(names = "--data", description = "Repeatable: files of one JSON object per line.")
        private List<Path> data = new ArrayList<>();

        @Option(names = "--own", defaultValue = OWN, description = "The project's own texts. Default: ${DEFAULT-VALUE}")
        private Path own;

        @Option(
                names = "--out",
                defaultValue = RESOURCES,
                description = "Folder for the model and its digest. Default: ${DEFAULT-VALUE}")
        private Path out;

        @Spec
        private CommandSpec spec;

        @Override
        public Integer call() throws IOException {
            try {
                List<LabelledText> texts = LabelledTexts.read(new DataFiles(data));
                texts.addAll(LabelledTexts.readFolder(own));
                Files.createDirectories(out);
                for (InjectionTraining.Trained trained : InjectionTraining.train(texts)) {
                    trained.write(out);
                    spec.commandLine()
                            .getOut()
                            .println(trained.name() + ": trained on " + trained.texts() + " of " + texts.size()
                                    + " texts; sha256 " + trained.sha256() + "; written to " + out);
                }
                return 0;
            } catch (DataFileException e) {
                spec.commandLine().getErr().println("kt: " + e.getMessage());
                return 2;
            }
        }
    }
}

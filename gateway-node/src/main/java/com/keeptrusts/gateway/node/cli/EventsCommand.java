package com.keeptrusts.gateway.node.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code kt events}: reads the ledger of a data directory, while a gateway writes it or long after. */
@Command(
        name = "events",
        description = "Read and verify the audit ledger of a data directory.",
        mixinStandardHelpOptions = true,
        subcommands = {
            TailCommand.class,
            ShowCommand.class,
            ExportCommand.class,
            VerifyCommand.class,
            ReceiptCommand.class,
            VerifyReceiptCommand.class,
            RetireCommand.class,
            AcceptLossCommand.class,
            PruneCommand.class,
            HoldCommand.class,
            KeysCommand.class,
            EraseCommand.class,
            ContentCommand.class,
            SchemaCommand.class,
            CopyCommand.class
        })
public final class EventsCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }
}

package com.keeptrusts.gateway.node.cli;

import com.keeptrusts.gateway.audit.postgres.PostgresSchema;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code kt events schema}: prints the tables of a ledger in PostgreSQL, for their owner to run. */
@Command(
        name = "schema",
        description = "Print the SQL that makes a ledger's tables in PostgreSQL: kt events schema | psql ...",
        mixinStandardHelpOptions = true)
final class SchemaCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().getOut().print(PostgresSchema.sql());
        spec.commandLine().getOut().flush();
    }
}

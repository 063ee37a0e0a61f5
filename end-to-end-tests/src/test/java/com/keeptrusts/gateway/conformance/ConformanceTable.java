package com.keeptrusts.gateway.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/**
 * Writes what the tests of this package gave, one line for each, to {@code target/conformance.md}. {@code ./kt test
 * --conformance} compares it with docs/conformance.md.
 */
public final class ConformanceTable implements TestExecutionListener {

    private static final Path TABLE = Path.of("target", "conformance.md");

    private final Map<RowName, String> results = new TreeMap<>(Comparator.comparing(RowName::letter)
            .thenComparingInt(RowName::number)
            .thenComparing(RowName::what));

    @Override
    public synchronized void executionFinished(TestIdentifier test, TestExecutionResult result) {
        note(test, result.getStatus() == TestExecutionResult.Status.SUCCESSFUL ? "holds" : "fails");
    }

    @Override
    public synchronized void executionSkipped(TestIdentifier test, String reason) {
        note(test, "skipped");
    }

    @Override
    public synchronized void testPlanExecutionFinished(TestPlan plan) {
        if (!results.isEmpty()) {
            write();
        }
    }

    /** One case that fails, of however many, is a row that fails. */
    private void note(TestIdentifier test, String result) {
        if (test.getSource().orElse(null) instanceof MethodSource method
                && method.getClassName().startsWith(ConformanceTable.class.getPackageName() + '.')) {
            RowName.of(method.getMethodName())
                    .ifPresent(row -> results.merge(row, result, (one, other) -> one.equals("holds") ? other : one));
        }
    }

    private void write() {
        var table = new StringBuilder(RowName.HEAD);
        results.forEach((row, result) -> table.append(row.line(result)));
        try {
            Files.createDirectories(Objects.requireNonNull(TABLE.getParent()));
            Files.writeString(TABLE, table);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

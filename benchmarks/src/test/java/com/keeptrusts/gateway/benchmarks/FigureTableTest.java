package com.keeptrusts.gateway.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class FigureTableTest {

    @Test
    void aRowSaysWhetherItsBudgetIsHeld() {
        assertThat(line(Budget.atMost(1.0, 0.75), 0.5)).contains("| ≤ 1.00 ms | 0.750 | **0.500** ms | 50.0 % | aim |");
        assertThat(line(Budget.atMost(1.0, 0.75), 0.8)).contains("| held |");
        assertThat(line(Budget.atMost(1.0, 0.75), 1.1)).contains("| **not held** |");
        assertThat(line(Budget.atLeast(31, 45), 30)).contains("| ≥ 31.0 ms |").contains("| **not held** |");
        assertThat(line(Budget.atLeast(31, 45), 46)).contains("| aim |");
        assertThat(line(Budget.atLeast(31, 45), Double.NaN))
                .contains("| **-** ms |")
                .contains("| **not held** |");
    }

    @Test
    void notesFollowTheTable() {
        String table = FigureTable.of(List.of(), List.of("nginx: not here"));

        assertThat(table).endsWith("\n- nginx: not here\n");
    }

    @Test
    void numbersHaveThreeDigitsThatMatter() {
        assertThat(List.of(0.1234, 1.234, 12.34, 123.4, 1234567.0, -2.0).stream()
                        .map(FigureTable::number))
                .containsExactly("0.123", "1.23", "12.3", "123", "1,234,567", "-2.00");
    }

    @Test
    void theMedianOfTheRoundsCounts() {
        var samples = new Samples();
        List.of(5.0, 1.0, 100.0).forEach(value -> samples.add("odd", value));
        List.of(4.0, 1.0, 2.0, 9.0).forEach(value -> samples.add("even", value));

        assertThat(samples.median("odd")).isEqualTo(5);
        assertThat(samples.median("even")).isEqualTo(3);
        assertThat(samples.median("none")).isNaN();
    }

    private static String line(Budget budget, double measured) {
        return FigureTable.line(new Figure("row", "ms", budget, measured, ""));
    }
}

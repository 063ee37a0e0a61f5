package com.keeptrusts.gateway.benchmarks;

/** One measured row: the budget, the figure, and what was measured beside it to make sense of it. */
record Figure(String row, String unit, Budget budget, double measured, String beside) {}

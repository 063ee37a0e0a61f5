/** JMH measurements of single steps: {@code ./kt test --bench --micro}. */
@NullMarked
package com.keeptrusts.gateway.benchmarks.micro;

import org.jspecify.annotations.NullMarked;

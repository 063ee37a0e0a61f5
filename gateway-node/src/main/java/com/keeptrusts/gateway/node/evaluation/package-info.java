/** Measures the detectors on labelled texts: {@code kt eval}. Prints figures, never texts. */
@NullMarked
package com.keeptrusts.gateway.node.evaluation;

import org.jspecify.annotations.NullMarked;

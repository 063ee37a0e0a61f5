/** The commands of {@code kt}, one class for each. */
@NullMarked
package com.keeptrusts.gateway.node.cli;

import org.jspecify.annotations.NullMarked;

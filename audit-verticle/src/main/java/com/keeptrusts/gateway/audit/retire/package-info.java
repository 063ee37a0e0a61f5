/** The end of a log: its last entry names the one that goes on, and it stays as it is for reading. */
@NullMarked
package com.keeptrusts.gateway.audit.retire;

import org.jspecify.annotations.NullMarked;

/** What becomes of the ledger when its process, its disk or its files fail: the real program, real signals, real disks. */
@NullMarked
package com.keeptrusts.gateway.faults;

import org.jspecify.annotations.NullMarked;

/**
 * Writers that witness each other: each shows its checkpoints to the others, who sign only what continues all that they
 * have seen (C2SP tlog-witness and tlog-cosignature over the bus).
 */
@NullMarked
package com.keeptrusts.gateway.audit.witness;

import org.jspecify.annotations.NullMarked;

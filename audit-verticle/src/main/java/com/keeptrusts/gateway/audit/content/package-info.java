/** Texts beside the ledger, encrypted for the subject they belong to, and the keys whose end is the texts' end. */
@NullMarked
package com.keeptrusts.gateway.audit.content;

import org.jspecify.annotations.NullMarked;

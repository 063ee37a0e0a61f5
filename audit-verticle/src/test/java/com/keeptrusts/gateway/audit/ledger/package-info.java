@NullMarked
package com.keeptrusts.gateway.audit.ledger;

import org.jspecify.annotations.NullMarked;

@NullMarked
package com.keeptrusts.gateway.audit.witness;

import org.jspecify.annotations.NullMarked;

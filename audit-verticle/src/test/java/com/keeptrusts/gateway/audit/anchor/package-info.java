@NullMarked
package com.keeptrusts.gateway.audit.anchor;

import org.jspecify.annotations.NullMarked;

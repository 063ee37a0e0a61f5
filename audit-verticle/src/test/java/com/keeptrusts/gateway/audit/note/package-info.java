@NullMarked
package com.keeptrusts.gateway.audit.note;

import org.jspecify.annotations.NullMarked;

@NullMarked
package com.keeptrusts.gateway.audit.content;

import org.jspecify.annotations.NullMarked;

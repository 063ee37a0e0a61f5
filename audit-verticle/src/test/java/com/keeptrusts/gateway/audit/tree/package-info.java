@NullMarked
package com.keeptrusts.gateway.audit.tree;

import org.jspecify.annotations.NullMarked;

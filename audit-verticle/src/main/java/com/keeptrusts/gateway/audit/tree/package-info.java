/** RFC 6962 trees: hashes, the right edge that appending needs, and proofs. */
@NullMarked
package com.keeptrusts.gateway.audit.tree;

import org.jspecify.annotations.NullMarked;

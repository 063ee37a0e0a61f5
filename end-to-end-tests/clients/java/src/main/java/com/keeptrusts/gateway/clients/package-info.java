/** The Java clients of the suite of clients: each reads commands and writes what the client made of them. */
@NullMarked
package com.keeptrusts.gateway.clients;

import org.jspecify.annotations.NullMarked;

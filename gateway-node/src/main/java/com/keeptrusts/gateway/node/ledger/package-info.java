/** The ledger on the management port: files for verifiers, receipts, stories and queries, each read recorded. */
@NullMarked
package com.keeptrusts.gateway.node.ledger;

import org.jspecify.annotations.NullMarked;

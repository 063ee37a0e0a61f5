/** Logs whose entries are kept in PostgreSQL: docs/audit-postgres.md. */
@NullMarked
package com.keeptrusts.gateway.audit.postgres;

import org.jspecify.annotations.NullMarked;

package com.keeptrusts.gateway.audit.postgres;

import io.vertx.pgclient.PgException;
import java.io.IOException;

/** The server answered that it did not do what it was asked to. Tells its code and first line, which hold no data. */
final class ServerRefusedException extends IOException {

    private static final long serialVersionUID = 1;

    private final String code;
    private final String constraint;

    ServerRefusedException(PgException cause) {
        super(cause.getErrorMessage() + " (" + cause.getSqlState() + ")");
        this.code = String.valueOf(cause.getSqlState());
        this.constraint = String.valueOf(cause.getConstraint());
    }

    boolean violates(String unique) {
        return code.equals("23505") && constraint.equals(unique);
    }

    boolean isLockTimeout() {
        return code.equals("55P03");
    }

    /** Whether the server ends the connection with this: connection exceptions, shutdown and crash. */
    static boolean endsConnection(PgException e) {
        String code = String.valueOf(e.getSqlState());
        return code.startsWith("08") || code.startsWith("57P");
    }
}

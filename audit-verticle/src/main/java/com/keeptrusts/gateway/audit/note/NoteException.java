package com.keeptrusts.gateway.audit.note;

/** A note, key or checkpoint that is not what its specification says, or whose signature does not hold. */
public final class NoteException extends Exception {

    private static final long serialVersionUID = 1;

    public NoteException(String message) {
        super(message);
    }
}

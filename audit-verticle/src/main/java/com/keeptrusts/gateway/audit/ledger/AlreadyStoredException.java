package com.keeptrusts.gateway.audit.ledger;

import com.keeptrusts.gateway.contract.Bytes;
import java.io.IOException;
import java.util.Map;

/** A group was not stored, because entries of it stand in the store already. */
public final class AlreadyStoredException extends IOException {

    private static final long serialVersionUID = 1;

    private final transient Map<String, Place> places;

    /**
     * Where an entry stands.
     *
     * @param writer of its log
     * @param treeSize of a flushed tree of that log which holds it, with its root
     */
    public record Place(String writer, long index, Bytes leafHash, long treeSize, Bytes root) {}

    public AlreadyStoredException(Map<String, Place> places) {
        super(places.size() + " entries are stored already");
        this.places = Map.copyOf(places);
    }

    /** By the id of the entry. */
    public Map<String, Place> places() {
        return places;
    }
}

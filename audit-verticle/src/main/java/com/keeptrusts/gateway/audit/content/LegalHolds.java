package com.keeptrusts.gateway.audit.content;

import java.io.IOException;
import java.util.Optional;

/** Whom nothing may be erased of, because a court or an authority may ask for what is kept. */
public interface LegalHolds {

    /**
     * The hold that a subject is under, by its name.
     *
     * @throws IOException when that cannot be told, and nothing may be erased
     */
    Optional<String> over(String pseudonym) throws IOException;

    /** Any hold, over whomever; where texts of many are kept together, it keeps all of them. */
    default Optional<String> any() throws IOException {
        return Optional.empty();
    }
}

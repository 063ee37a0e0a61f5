package com.keeptrusts.gateway.node.ledger;

import com.keeptrusts.gateway.audit.ledger.TilePath;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The files of a log that anyone may have who may read it. The private key, the lock and the segments are not among them. */
sealed interface LogFileName {

    /** {@code checkpoint} */
    record Latest() implements LogFileName {}

    /** {@code log.json} */
    record Facts() implements LogFileName {}

    /** {@code checkpoints}: which older ones are kept. */
    record Kept() implements LogFileName {}

    /** {@code checkpoints/<size>} */
    record Older(String size) implements LogFileName {}

    /** {@code tile/...} */
    record Tile(TilePath path) implements LogFileName {}

    Pattern TILE =
            Pattern.compile("tile/(entries|[0-9]{1,2})/((?:x[0-9]{3}/){0,5}[0-9]{3})(?:\\.p/([1-9][0-9]{0,2}))?");

    /** Only the one spelling of each name is known, so a name never leads out of the log's directory. */
    static Optional<LogFileName> of(String name) {
        if (name.equals("checkpoint")) {
            return Optional.of(new Latest());
        }
        if (name.equals("log.json")) {
            return Optional.of(new Facts());
        }
        if (name.equals("checkpoints")) {
            return Optional.of(new Kept());
        }
        if (name.matches("checkpoints/[0-9]{16}")) {
            return Optional.of(new Older(name.substring("checkpoints/".length())));
        }
        Matcher tile = TILE.matcher(name);
        return tile.matches()
                ? tile(tile).filter(path -> path.toString().equals(name)).map(Tile::new)
                : Optional.empty();
    }

    private static Optional<TilePath> tile(Matcher name) {
        int level = name.group(1).equals("entries") ? TilePath.ENTRIES : Integer.parseInt(name.group(1));
        long index = Long.parseLong(name.group(2).replaceAll("[x/]", ""));
        int width = name.group(3) == null ? TilePath.FULL : Integer.parseInt(name.group(3));
        boolean partial = name.group(3) == null || width < TilePath.FULL;
        return level < Long.BYTES && partial ? Optional.of(new TilePath(level, index, width)) : Optional.empty();
    }
}

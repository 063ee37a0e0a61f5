package com.keeptrusts.gateway.audit.content;

import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a blob stands: {@code <day>/<pack>/<offset>}, as an entry names it.
 *
 * @param offset of the blob's frame in the pack
 */
record BlobRef(LocalDate day, String pack, long offset) {

    private static final Pattern FORM = Pattern.compile("(\\d{4}-\\d{2}-\\d{2})/([0-9a-f-]{36})/(\\d{1,12})");

    static BlobRef parse(String text) throws ContentException {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            throw new ContentException("blob: not a place (expected: <day>/<pack>/<offset>)");
        }
        try {
            return new BlobRef(LocalDate.parse(parts.group(1)), parts.group(2), Long.parseLong(parts.group(3)));
        } catch (DateTimeException e) {
            throw new ContentException("blob: no such day");
        }
    }

    Path in(ContentPlace place) {
        return place.content().resolve(day.toString()).resolve(pack + ".pack");
    }

    @Override
    public String toString() {
        return day + "/" + pack + "/" + offset;
    }
}

package com.keeptrusts.gateway.ingress;

import com.keeptrusts.gateway.contract.ErrorCode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.zip.GZIPInputStream;

/** Inflates a gzip body, within a limit of size and of ratio. */
final class Inflation {

    private static final int GREATEST_RATIO = 100;
    private static final int PIECE = 16 * 1024;

    private Inflation() {}

    /** Blocks for as long as it takes: not for an event loop. Throws {@link Refused}. */
    static byte[] gunzip(byte[] packed, int limit) {
        long most = Math.min(limit, Math.max(PIECE, (long) packed.length * GREATEST_RATIO));
        var plain = new ByteArrayOutputStream(Math.min(limit, packed.length * 4));
        try (var in = new GZIPInputStream(new ByteArrayInputStream(packed), PIECE)) {
            byte[] piece = new byte[PIECE];
            for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
                plain.write(piece, 0, read);
                if (plain.size() > most) {
                    throw most == limit
                            ? RequestBody.tooLarge(limit)
                            : Refused.of(ErrorCode.REQUEST_TOO_LARGE, "request body: inflates more than a hundredfold");
                }
            }
            return plain.toByteArray();
        } catch (IOException e) {
            throw Refused.of(ErrorCode.INVALID_JSON, "request body: not gzip, though content-encoding says so");
        }
    }
}

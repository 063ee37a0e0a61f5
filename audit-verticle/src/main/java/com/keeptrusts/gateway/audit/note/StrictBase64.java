package com.keeptrusts.gateway.audit.note;

import java.util.Base64;

/** Base64 of which each value has one text only: unused bits must be zero, so that no text can be changed unnoticed. */
final class StrictBase64 {

    private StrictBase64() {}

    static byte[] decode(String text) throws NoteException {
        try {
            byte[] bytes = Base64.getDecoder().decode(text);
            if (encode(bytes).equals(text)) {
                return bytes;
            }
        } catch (IllegalArgumentException e) {
            throw new NoteException("not base64");
        }
        throw new NoteException("not canonical base64");
    }

    static String encode(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}

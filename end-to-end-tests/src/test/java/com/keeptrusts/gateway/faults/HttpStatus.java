package com.keeptrusts.gateway.faults;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;

/** What a probe looks at. */
final class HttpStatus {

    private static final int MILLIS = 2_000;

    private HttpStatus() {}

    /** 0 when nothing answers within two seconds. */
    static int of(String url) {
        try {
            var connection = (HttpURLConnection) URI.create(url).toURL().openConnection();
            connection.setConnectTimeout(MILLIS);
            connection.setReadTimeout(MILLIS);
            int status = connection.getResponseCode();
            connection.disconnect();
            return status;
        } catch (IOException e) {
            return 0;
        }
    }
}

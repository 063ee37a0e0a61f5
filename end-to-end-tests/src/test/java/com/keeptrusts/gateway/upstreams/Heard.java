package com.keeptrusts.gateway.upstreams;

import java.net.http.HttpHeaders;

/** What a client got. */
record Heard(int status, HttpHeaders headers, String body) {

    String header(String name) {
        return headers.firstValue(name).orElse("");
    }
}

package com.keeptrusts.gateway.provider.upstream;

import com.keeptrusts.gateway.contract.Bytes;
import com.keeptrusts.gateway.contract.Header;
import com.keeptrusts.gateway.provider.settings.BaseUrl;
import java.util.List;

/** A POST to a target. Prints the place only: headers hold the key, the body holds the prompt. */
public record UpstreamRequest(
        BaseUrl baseUrl, String uri, List<Header> headers, Bytes body, long connectMillis, boolean allowPrivate) {

    public UpstreamRequest {
        headers = List.copyOf(headers);
    }

    @Override
    public String toString() {
        return "POST " + baseUrl.origin() + uri;
    }
}

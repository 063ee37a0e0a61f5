package com.keeptrusts.gateway.provider.upstream;

import io.vertx.core.http.ConnectionPoolTooBusyException;
import java.net.UnknownHostException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Locale;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/** What kept a connection from coming about. */
final class ConnectFailures {

    private static final int DEEPEST = 16;

    private ConnectFailures() {}

    static AttemptFailure of(Throwable failure) {
        String cause = cause(failure);
        return UpstreamFailures.unreachable(cause, !cause.startsWith("tls_"));
    }

    private static String cause(Throwable failure) {
        Throwable at = failure;
        boolean tls = false;
        for (int i = 0; at != null && i < DEEPEST; i++) {
            switch (at) {
                case CertificateExpiredException _, CertificateNotYetValidException _ -> {
                    return "tls_expired";
                }
                case CertPathBuilderException _ -> {
                    return "tls_untrusted";
                }
                case CertificateException e
                when said(e, "No subject alternative", "No name matching") -> {
                    return "tls_wrong_name";
                }
                case SSLException e
                when said(e, "protocol_version", "protocol version") -> {
                    return "tls_protocol";
                }
                case SSLException _, CertificateException _ -> tls = true;
                case PrivateAddressException _ -> {
                    return "ssrf_blocked";
                }
                case UnknownHostException _ -> {
                    return "dns";
                }
                case TimeoutException _ -> {
                    return "connect_timeout";
                }
                case ConnectionPoolTooBusyException _ -> {
                    return "pool_full";
                }
                default -> {}
            }
            at = at.getCause();
        }
        return tls ? "tls_handshake" : "connect";
    }

    private static boolean said(Exception e, String... words) {
        String message = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
        for (String word : words) {
            if (message.contains(word.toLowerCase(Locale.ROOT))) {
                return true;
            }
        }
        return false;
    }
}

package com.keeptrusts.gateway.node.cli;

import com.keeptrusts.gateway.node.ManagementFile;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Tells the gateway that writes a ledger that its files are read here, so that the read is recorded. Whoever may read the
 * files can also read them without telling anyone, and where no gateway runs there is nobody to tell.
 */
final class LocalRead {

    private static final Duration LIMIT = Duration.ofSeconds(3);

    private LocalRead() {}

    /** True when it is recorded, or the gateway does not want it recorded. */
    static boolean tell(Path dataDir, String what, Map<String, String> query, long entries) {
        Optional<String> url = ManagementFile.url(dataDir);
        if (url.isEmpty()) {
            return false;
        }
        var notice = new JsonObject()
                .put("data", place(dataDir))
                .put("what", what)
                .put("entries", entries)
                .put("query", new JsonObject(new HashMap<>(query)));
        String user = System.getProperty("user.name", "");
        if (user.matches("[A-Za-z0-9@._-]{1,64}")) {
            notice.put("as", user);
        }
        try (HttpClient client = HttpClient.newBuilder().connectTimeout(LIMIT).build()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create(url.get() + "/keeptrusts/audit/reads"))
                    .timeout(LIMIT)
                    .POST(BodyPublishers.ofString(notice.encode()))
                    .build();
            return client.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static String place(Path dataDir) {
        try {
            return dataDir.toRealPath().toString();
        } catch (IOException e) {
            return dataDir.toString();
        }
    }
}

package com.keeptrusts.gateway.node;

import com.keeptrusts.gateway.contract.NodeEvent.NodePresent;
import com.keeptrusts.gateway.node.reload.ConfigBoard;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;

/** The cluster as one node hears it, for its operator: workers, and which configuration each node runs. */
final class ClusterView {

    private ClusterView() {}

    static JsonObject of(String node, Console console, String digest, ConfigBoard board) {
        List<String> differences = board.differences(node);
        return console.toJson(digest)
                .put("asked", node)
                .put("config_agreed", differences.isEmpty())
                .put("config_differences", new JsonArray(differences))
                .put(
                        "config_by_node",
                        new JsonArray(
                                board.present().stream().map(ClusterView::row).toList()));
    }

    private static JsonObject row(NodePresent node) {
        return new JsonObject()
                .put("node", node.node())
                .put(
                        "roles",
                        new JsonArray(node.roles().stream()
                                .map(role -> role.name().toLowerCase(Locale.ROOT))
                                .toList()))
                .put("digest", node.version().digest())
                .put("origin", ConfigBoard.origin(node))
                .put("reload", Math.max(0, node.version().number()))
                .put("own_files", node.version().ownFiles())
                .put("file_digest", node.fileDigest())
                .put(
                        "files_differ",
                        !node.fileDigest().isEmpty()
                                && !node.fileDigest().equals(node.version().digest()))
                .put("trouble", node.trouble())
                .put("build", node.build());
    }
}

package com.keeptrusts.gateway.node.config;

import com.keeptrusts.gateway.config.ConfigException;
import com.keeptrusts.gateway.config.ConfigProblem;
import io.vertx.config.yaml.YamlProcessor;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Configuration files, later ones over earlier ones: mappings merge deeply, lists and values replace. Reading is
 * asynchronous and fails with {@link InvalidConfigException} for content and with {@link UnreadableConfigException} for
 * files that are not there.
 */
public final class ConfigFiles {

    private static final String OLD_DIALECT = "this is the older dialect (version: \"1\" with policies as a list);"
            + " expected: pack: {name, version}, policies: {chain: [<kind>, ...]} and policy: {<kind>: {...}}";

    private final Vertx vertx;
    private final List<Path> files;

    public ConfigFiles(Vertx vertx, List<Path> files) {
        this.vertx = vertx;
        this.files = List.copyOf(files);
    }

    public List<Path> files() {
        return files;
    }

    /** Reads, merges and checks; the result is complete and has its digest. */
    public Future<GatewayConfig> load() {
        Future<List<Layer>> layers = Future.succeededFuture(new ArrayList<>());
        for (Path file : files) {
            layers = layers.compose(soFar -> read(file).map(layer -> {
                soFar.add(layer);
                return soFar;
            }));
        }
        return layers.map(ConfigFiles::check);
    }

    private Future<Layer> read(Path file) {
        return vertx.fileSystem()
                .readFile(file.toString())
                .recover(e -> Future.failedFuture(new UnreadableConfigException(file)))
                .compose(bytes -> parse(file, bytes));
    }

    private Future<Layer> parse(Path file, Buffer bytes) {
        YamlPlaces places = YamlPlaces.of(bytes.toString());
        if (!places.problems().isEmpty()) {
            return Future.failedFuture(new InvalidConfigException(places.problems().stream()
                    .map(problem -> new PlacedProblem(problem, file.toString(), lineOf(problem.path(), places.lines())))
                    .toList()));
        }
        return new YamlProcessor()
                .process(vertx, new JsonObject(), bytes)
                .map(json -> new Layer(file, json, places.lines()));
    }

    private static GatewayConfig check(List<Layer> layers) {
        var effective = new JsonObject();
        for (Layer layer : layers) {
            refuseOldDialect(layer);
            effective = effective.mergeIn(layer.json(), true);
        }
        try {
            return GatewayConfig.of(effective);
        } catch (ConfigException e) {
            List<PlacedProblem> placed = e.problems().stream()
                    .map(problem -> placed(problem, layers))
                    .toList();
            throw new InvalidConfigException(placed, CanonicalForm.of(effective).digest());
        }
    }

    private static void refuseOldDialect(Layer layer) {
        if (layer.json().containsKey("version") && layer.json().getValue("policies") instanceof Iterable<?>) {
            int line = lineOf("policies", layer.lines());
            throw new InvalidConfigException(List.of(new PlacedProblem(
                    new ConfigProblem("old_dialect", "policies", OLD_DIALECT, null),
                    layer.file().toString(),
                    line)));
        }
    }

    /** The last layer that writes the path, or its nearest parent, is where the mistake stands. */
    private static PlacedProblem placed(ConfigProblem problem, List<Layer> layers) {
        for (String path = problem.path(); !path.isEmpty(); path = parent(path)) {
            for (Layer layer : layers.reversed()) {
                if (layer.lines().containsKey(path)) {
                    return new PlacedProblem(
                            problem, layer.file().toString(), layer.lines().get(path));
                }
            }
        }
        return new PlacedProblem(problem, layers.getLast().file().toString(), 0);
    }

    private static int lineOf(String problemPath, Map<String, Integer> lines) {
        for (String path = problemPath; !path.isEmpty(); path = parent(path)) {
            Integer line = lines.get(path);
            if (line != null) {
                return line;
            }
        }
        return 0;
    }

    private static String parent(String path) {
        return path.substring(0, Math.max(0, Math.max(path.lastIndexOf('.'), path.lastIndexOf('['))));
    }

    private record Layer(Path file, JsonObject json, Map<String, Integer> lines) {}
}

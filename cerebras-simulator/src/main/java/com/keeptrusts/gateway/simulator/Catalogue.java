package com.keeptrusts.gateway.simulator;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The models that the simulator serves, in the order in which it lists them. */
public final class Catalogue {

    private final Map<String, Model> models = new LinkedHashMap<>();

    public Catalogue(List<Model> models) {
        models.forEach(model -> this.models.put(model.id(), model));
    }

    /** The models that a persona serves unless told otherwise: for Cerebras those of old documents and the live ones. */
    public static Catalogue of(Persona persona) {
        return switch (persona) {
            case CEREBRAS ->
                new Catalogue(List.of(
                        Model.of("llama3.3-70b", "Meta", 2100),
                        Model.of("llama3.1-70b", "Meta", 2100),
                        Model.of("llama3.1-8b", "Meta", 6000),
                        Model.of("llama-3.3-70b", "Meta", 2100),
                        Model.of("gpt-oss-120b", "OpenAI", 3000).thinking(0.25),
                        Model.of("qwen-3.8-27b", "Qwen", 1850)));
            case OPENAI ->
                new Catalogue(List.of(
                        Model.of("gpt-4o", "system", 110),
                        Model.of("gpt-4o-mini", "system", 150),
                        Model.of("gpt-4.1", "system", 120),
                        Model.of("gpt-4.1-mini", "system", 160),
                        Model.of("gpt-3.5-turbo-instruct", "system", 180)));
        };
    }

    public Optional<Model> find(String id) {
        return Optional.ofNullable(models.get(id));
    }

    public Collection<Model> all() {
        return models.values();
    }
}

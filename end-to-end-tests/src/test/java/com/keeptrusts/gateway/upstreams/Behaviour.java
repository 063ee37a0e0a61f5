package com.keeptrusts.gateway.upstreams;

import static org.assertj.core.api.Assertions.assertThat;

import com.keeptrusts.gateway.simulator.script.Script;
import java.util.Locale;

/**
 * One thing that a target may do.
 *
 * @param more members of the request beside model, messages and stream, each with its comma before it
 * @param alone what the client sees when there is no other target
 * @param fallsOver whether another target then answers in its place; else nothing changes
 */
record Behaviour(String name, boolean stream, Script script, String more, Expected alone, boolean fallsOver) {

    /** The answer is the target's, or its failure the client's, whether there is another target or not. */
    static Behaviour stays(boolean stream, String name, Script script, Expected alone) {
        return new Behaviour(name, stream, script, "", alone, false);
    }

    static Behaviour fallsOver(boolean stream, String name, Script script, Expected alone) {
        return new Behaviour(name, stream, script, "", alone, true);
    }

    Behaviour asking(String members) {
        return new Behaviour(name, stream, script, members, alone, fallsOver);
    }

    /** What a client sees when there is a second target that is well. */
    void checkBesideAnother(Heard heard) {
        if (!fallsOver) {
            alone.check(heard);
            return;
        }
        assertThat(heard.status()).as(heard.body()).isEqualTo(200);
        assertThat(heard.header("x-keeptrusts-target")).isEqualTo("second");
        assertThat(heard.body()).contains("\"model\":\"llama3.1-8b\"").doesNotContain("error");
        if (stream) {
            assertThat(heard.body()).endsWith("\n\ndata: [DONE]\n\n");
        }
    }

    String id() {
        return (stream ? "stream-" : "json-") + name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    }

    @Override
    public String toString() {
        return (stream ? "stream: " : "json: ") + name;
    }
}

package com.keeptrusts.gateway.simulator.script;

import io.vertx.core.buffer.Buffer;

/** Plays one script on one stage, step by step, on the event loop of the connection. */
public final class ScriptPlayer {

    private final Script script;
    private final Stage stage;
    private final Runnable completed;
    private Buffer pending = Buffer.buffer();
    private int next;

    /** {@code completed} runs when the script has reached its end, not when it stalls there or the peer goes before. */
    public ScriptPlayer(Script script, Stage stage, Runnable completed) {
        this.script = script;
        this.stage = stage;
        this.completed = completed;
    }

    public void play() {
        while (!stage.gone()) {
            if (next == script.steps().size()) {
                flush();
                completed.run();
                stage.complete();
                return;
            }
            if (!goOnAfter(script.steps().get(next++))) {
                return;
            }
        }
    }

    private boolean goOnAfter(Step step) {
        if (step instanceof Step.Write(Buffer bytes)) {
            pending.appendBuffer(bytes);
            return true;
        }
        flush();
        switch (step) {
            case Step.Write _, Step.Flush _ -> {
                return true;
            }
            case Step.HalfClose _ -> {
                stage.halfClose();
                return true;
            }
            case Step.Sleep(long micros) -> stage.later(micros, this::play);
            case Step.Fin _ -> {
                completed.run();
                stage.fin();
            }
            case Step.Rst _ -> {
                completed.run();
                stage.rst();
            }
            case Step.Stall _ -> {
                // the stage stays as it is until the peer goes
            }
        }
        return false;
    }

    private void flush() {
        if (pending.length() > 0) {
            stage.write(pending);
            pending = Buffer.buffer();
        }
    }
}

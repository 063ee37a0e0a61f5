package com.keeptrusts.gateway.simulator.server;

import com.keeptrusts.gateway.simulator.request.Options;

/** The model of a request, without the options that may follow its id after a question mark. */
record ModelName(String id, Options options) {

    static ModelName of(String name) {
        int mark = name.indexOf('?');
        return mark < 0
                ? new ModelName(name, Options.none())
                : new ModelName(name.substring(0, mark), Options.ofSuffix(name.substring(mark + 1)));
    }
}

package com.keeptrusts.gateway.contract;

/** One HTTP header line, name in lower case. Prints its name only: values may be secrets. */
public record Header(String name, String value) {

    @Override
    public String toString() {
        return name;
    }
}

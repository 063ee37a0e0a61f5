package com.keeptrusts.gateway.node;

/** Which build of the program this is. */
public final class Build {

    private Build() {}

    public static String version() {
        String version = Build.class.getPackage().getImplementationVersion();
        return version == null ? "0.1.0" : version;
    }
}

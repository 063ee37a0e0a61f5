package com.keeptrusts.gateway.node.reload;

import com.keeptrusts.gateway.contract.ConfigText;
import com.keeptrusts.gateway.contract.ConfigVersion;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Which of two configurations counts. The later reload does; of two reloads of one number, as two sides of a split may have
 * made, the one begun later by the clocks of those that began them; then the greater digest. What a node read from its own
 * files when it started counts for itself only, and only until a later reload.
 */
public final class VersionOrder {

    private static final Comparator<ConfigVersion> LATER = Comparator.comparingLong(ConfigVersion::number)
            .thenComparing(version -> !version.ownFiles())
            .thenComparingLong(ConfigVersion::atMillis)
            .thenComparing(ConfigVersion::digest);

    private VersionOrder() {}

    /**
     * Whether a node that runs {@code own} goes over to what another says that it runs.
     *
     * @param hasFiles whether the node has configuration files of its own
     */
    static boolean supersedes(ConfigVersion heard, ConfigVersion own, boolean hasFiles) {
        if (heard.digest().isEmpty()) {
            return false;
        }
        if (own.digest().isEmpty()) {
            return true;
        }
        if (heard.ownFiles()) {
            return !hasFiles && own.ownFiles() && LATER.compare(heard, own) > 0;
        }
        return (own.ownFiles() && hasFiles) ? heard.number() > own.number() : LATER.compare(heard, own) > 0;
    }

    /**
     * What a node that starts runs: what the others run when its own files hold the same, or something that was in force
     * before; else, as nobody can say that they are older, what its files hold.
     *
     * @param running what the others run
     */
    public static Optional<ConfigText> adoptedAtStart(String fileDigest, List<ConfigText> running) {
        return latest(running)
                .filter(text -> text.version().digest().equals(fileDigest)
                        || text.superseded().contains(fileDigest));
    }

    /** The number of the latest reload that a node that starts can hear of. */
    public static long numberAtStart(List<ConfigText> running) {
        return latest(running).map(text -> text.version().number()).orElse(0L);
    }

    private static Optional<ConfigText> latest(List<ConfigText> running) {
        return running.stream()
                .filter(text -> !text.version().digest().isEmpty())
                .max(Comparator.comparing(ConfigText::version, LATER));
    }
}

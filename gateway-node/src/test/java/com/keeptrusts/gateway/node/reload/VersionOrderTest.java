package com.keeptrusts.gateway.node.reload;

import static org.assertj.core.api.Assertions.assertThat;

import com.keeptrusts.gateway.contract.Bytes;
import com.keeptrusts.gateway.contract.ConfigText;
import com.keeptrusts.gateway.contract.ConfigVersion;
import java.util.List;
import org.junit.jupiter.api.Test;

class VersionOrderTest {

    @Test
    void aLaterReloadTakesThePlaceOfAnEarlierOne() {
        assertThat(supersedes(reload(2, 10, "x"), reload(1, 20, "y"))).isTrue();
        assertThat(supersedes(reload(1, 20, "y"), reload(2, 10, "x"))).isFalse();
        assertThat(supersedes(reload(1, 20, "y"), reload(1, 20, "y"))).isFalse();
    }

    @Test
    void ofTwoSidesOfASplitExactlyOneGivesWay() {
        assertThat(supersedes(reload(3, 20, "x"), reload(3, 10, "y"))).isTrue();
        assertThat(supersedes(reload(3, 10, "y"), reload(3, 20, "x"))).isFalse();
        assertThat(supersedes(reload(3, 10, "y"), reload(3, 10, "x"))).isTrue();
        assertThat(supersedes(reload(3, 10, "x"), reload(3, 10, "y"))).isFalse();
    }

    @Test
    void filesReadAtAStartGiveWayToLaterReloadsOnly() {
        assertThat(supersedes(reload(3, 99, "x"), files(3, 50, "y"))).isFalse();
        assertThat(supersedes(reload(4, 10, "x"), files(3, 50, "y"))).isTrue();
        assertThat(supersedes(files(9, 99, "x"), reload(3, 50, "y"))).isFalse();
        assertThat(supersedes(files(9, 99, "x"), files(3, 50, "y"))).isFalse();
    }

    @Test
    void aNodeWithoutFilesRunsWhatItHears() {
        assertThat(VersionOrder.supersedes(files(0, 10, "x"), ConfigVersion.NONE, false))
                .isTrue();
        assertThat(VersionOrder.supersedes(files(0, 20, "y"), files(0, 10, "x"), false))
                .isTrue();
        assertThat(VersionOrder.supersedes(files(0, 10, "x"), files(0, 20, "y"), false))
                .isFalse();
        assertThat(VersionOrder.supersedes(reload(1, 10, "z"), files(0, 20, "y"), false))
                .isTrue();
        assertThat(VersionOrder.supersedes(ConfigVersion.NONE, files(0, 20, "y"), false))
                .isFalse();
    }

    @Test
    void aNodeThatStartsWithFilesOfBeforeRunsWhatTheOthersRun() {
        List<ConfigText> running =
                List.of(text(files(1, 99, "other"), List.of()), text(reload(2, 50, "new"), List.of("old", "older")));

        assertThat(VersionOrder.adoptedAtStart("older", running)).contains(running.getLast());
        assertThat(VersionOrder.adoptedAtStart("new", running)).contains(running.getLast());
        assertThat(VersionOrder.adoptedAtStart("newer", running)).isEmpty();
        assertThat(VersionOrder.numberAtStart(running)).isEqualTo(2);
    }

    @Test
    void aNodeThatStartsAloneRunsItsFiles() {
        assertThat(VersionOrder.adoptedAtStart("x", List.of())).isEmpty();
        assertThat(VersionOrder.adoptedAtStart("x", List.of(text(ConfigVersion.NONE, List.of()))))
                .isEmpty();
        assertThat(VersionOrder.numberAtStart(List.of())).isZero();
    }

    private static boolean supersedes(ConfigVersion heard, ConfigVersion own) {
        return VersionOrder.supersedes(heard, own, true);
    }

    private static ConfigVersion reload(long number, long at, String digest) {
        return new ConfigVersion(number, at, "n", digest, false);
    }

    private static ConfigVersion files(long number, long at, String digest) {
        return new ConfigVersion(number, at, "n", digest, true);
    }

    private static ConfigText text(ConfigVersion version, List<String> superseded) {
        return new ConfigText(version, superseded, Bytes.EMPTY);
    }
}

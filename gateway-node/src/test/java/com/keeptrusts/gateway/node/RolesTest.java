package com.keeptrusts.gateway.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.keeptrusts.gateway.contract.Role;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RolesTest {

    private static final List<String> INSTALLED = List.of("pii-detector", "prompt-injection");

    @Test
    void rolesAreAnyMixOfNames() {
        assertThat(Roles.parse("ingress, provider,audit", INSTALLED))
                .isEqualTo(new Roles(Set.of(Role.INGRESS, Role.PROVIDER, Role.AUDIT), Map.of()));
    }

    @Test
    void aPolicyRoleMayNameItsKindAndNumber() {
        assertThat(Roles.parse("policy:pii-detector=4,policy:prompt-injection", INSTALLED))
                .isEqualTo(new Roles(Set.of(Role.POLICY), Map.of("pii-detector", 4, "prompt-injection", 1)));
    }

    @Test
    void mistakesAreNamedWithTheNearestSpelling() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Roles.parse("ingres", INSTALLED))
                .withMessage(
                        "role: 'ingres' (expected: ingress, policy, provider, audit, all); did you mean 'ingress'?");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Roles.parse("policy:pii-detecter=2", INSTALLED))
                .withMessageContaining("did you mean 'pii-detector'?");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Roles.parseInstances("pii-detector=0", INSTALLED))
                .withMessage("pii-detector: '0' (expected: 1 to 256)");
    }
}

package com.keeptrusts.gateway.policy;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "com.keeptrusts.gateway.policy", importOptions = DoNotIncludeTests.class)
class PolicyBordersTest {

    @ArchTest
    static final ArchRule POLICIES_KNOW_NO_BUS_AND_NO_VERTX = noClasses()
            .that()
            .resideInAnyPackage("..policy.injection..", "..policy.pii..", "..policy.text..")
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("io.vertx.core.Vertx")
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName("com.keeptrusts.gateway.contract.Bus");

    @ArchTest
    static final ArchRule SHADOWS_AND_DISGUISES_KNOW_NO_POLICY = noClasses()
            .that()
            .resideInAPackage("..policy.text..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("com.keeptrusts.gateway.policy", "..policy.injection..", "..policy.pii..");
}

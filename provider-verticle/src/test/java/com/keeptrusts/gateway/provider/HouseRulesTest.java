package com.keeptrusts.gateway.provider;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "com.keeptrusts.gateway.provider", importOptions = ImportOption.DoNotIncludeTests.class)
class HouseRulesTest {

    private static final String[] INNER = {"..settings..", "..sse..", "..request..", "..target..", "..upstream.."};

    @ArchTest
    static final ArchRule ONLY_THE_WORKER_KNOWS_THE_BUS = noClasses()
            .that()
            .resideInAnyPackage(INNER)
            .should()
            .dependOnClassesThat()
            .haveSimpleName("Bus")
            .orShould()
            .dependOnClassesThat()
            .resideInAPackage("com.keeptrusts.gateway.provider");

    @ArchTest
    static final ArchRule ONLY_EXCHANGES_KNOW_HTTP = noClasses()
            .that()
            .resideInAnyPackage("..settings..", "..sse..", "..request..", "..target..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.vertx.core.http..");

    @ArchTest
    static final ArchRule PACKAGES_FORM_NO_CYCLE =
            slices().matching("com.keeptrusts.gateway.provider.(*)..").should().beFreeOfCycles();
}

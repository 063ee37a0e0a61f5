package com.keeptrusts.gateway.journeys;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.keeptrusts.gateway.contract.BusMessage;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.json.JsonObject;

/** The house stands as docs/adr and ARCHITECTURE draw it; this fails the build when somebody moves a wall. */
@AnalyzeClasses(packages = "com.keeptrusts.gateway", importOptions = DoNotIncludeTests.class)
class HouseRulesTest {

    @ArchTest
    static final ArchRule verticlesMeetOnTheBusAndNowhereElse = slices().matching(
                    "com.keeptrusts.gateway.(ingress|policy|provider|audit)..")
            .should()
            .notDependOnEachOther();

    @ArchTest
    static final ArchRule theContractKnowsNobody = noClasses()
            .that()
            .resideInAPackage("..gateway.contract..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "..gateway.ingress..",
                    "..gateway.policy..",
                    "..gateway.provider..",
                    "..gateway.audit..",
                    "..gateway.node..",
                    "..gateway.simulator..");

    @ArchTest
    static final ArchRule theSimulatorKnowsNobody = noClasses()
            .that()
            .resideInAPackage("..gateway.simulator..")
            .should()
            .dependOnClassesThat(JavaClass.Predicates.resideInAnyPackage(
                    "..gateway.contract..",
                    "..gateway.ingress..",
                    "..gateway.policy..",
                    "..gateway.provider..",
                    "..gateway.audit..",
                    "..gateway.node..",
                    "..gateway.json..",
                    "..gateway.config.."));

    @ArchTest
    static final ArchRule whatCrossesTheBusIsARecord = classes()
            .that()
            .implement(BusMessage.class)
            .and()
            .areNotInterfaces()
            .should()
            .beRecords();

    @ArchTest
    static final ArchRule onlyTheContractSeesTheEventBus = noClasses()
            .that()
            .resideOutsideOfPackage("..gateway.contract..")
            .should()
            .dependOnClassesThat()
            .areAssignableTo(EventBus.class);

    @ArchTest
    static final ArchRule noJsonObjectCrossesTheBus = noClasses()
            .that()
            .resideInAPackage("..gateway.contract..")
            .should()
            .dependOnClassesThat()
            .areAssignableTo(JsonObject.class);
}

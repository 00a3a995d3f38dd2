package org.thinkfamily;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModules;

class ModulesTest {

    @Test
    void modulesHaveNoCyclesAndDoNotReachIntoOneAnother() {
        ApplicationModules.of(ThinkFamily.class).verify();
    }

    @Test
    void onlyThePathwayKnowsTheEngine() {
        noClasses().that().resideOutsideOfPackage("org.thinkfamily.pathway..").should().dependOnClassesThat().resideInAPackage("org.camunda..")
                .check(new ClassFileImporter().withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS).importPackages("org.thinkfamily"));
    }
}

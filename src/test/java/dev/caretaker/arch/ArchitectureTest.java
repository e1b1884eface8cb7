package dev.caretaker.arch;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.stream.Stream;

/**
 * Who may know whom. A rule that finds no class yet waits for the package that it is about; docs/
 * architecture.md says why each of them is there.
 */
@AnalyzeClasses(packages = "dev.caretaker", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
  private static final String ROOT = "dev.caretaker.";
  private static final String[] DOMAINS = {
    ROOT + "elastic..",
    ROOT + "fleet..",
    ROOT + "pipeline..",
    ROOT + "service..",
    ROOT + "incident.."
  };
  private static final String[] PURE = {
    ROOT + "kernel..",
    ROOT + "elastic..",
    ROOT + "fleet..",
    ROOT + "pipeline..",
    ROOT + "service..",
    ROOT + "incident.."
  };

  @ArchTest
  static final ArchRule domainsUseTheJdkAndThemselves =
      classes()
          .that()
          .resideInAnyPackage(PURE)
          .should()
          .onlyDependOnClassesThat(
              resideInAnyPackage(PURE)
                  .or(
                      resideInAnyPackage(
                          "java.lang..", "java.util..", "java.time..", "org.jspecify..")))
          .because("the core is a pure function: let an adapter or pass do it, behind a port");

  @ArchTest
  static final ArchRule theKernelKnowsNoDomain =
      noClasses()
          .that()
          .resideInAPackage(ROOT + "kernel..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(DOMAINS)
          .because("the kernel holds words that every domain shares: move it to its domain");

  @ArchTest
  static final ArchRule domainsTakeTimeAndChanceAsArguments =
      noClasses()
          .that()
          .resideInAnyPackage(PURE)
          .should(Purity.readTheClockOrAskForChance())
          .because("equal arguments must give equal decisions: pass the value in");

  @ArchTest
  static final ArchRule domainsKnowNoThreads =
      noClasses()
          .that()
          .resideInAnyPackage(PURE)
          .should()
          .dependOnClassesThat()
          .resideInAPackage("java.util.concurrent..")
          .because("deciding is sequential: concurrency belongs to pass, operator and adapters");

  @ArchTest
  static void domainsDoNotKnowEachOther(JavaClasses all) {
    for (var one : DOMAINS) {
      var others = Stream.of(DOMAINS).filter(each -> !each.equals(one)).toArray(String[]::new);
      noClasses()
          .that()
          .resideInAPackage(one)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(others)
          .allowEmptyShould(true)
          .because("what crosses domains is a kernel value that pass puts there")
          .check(all);
    }
  }

  @ArchTest
  static final ArchRule theApiStandsAlone =
      noClasses()
          .that()
          .resideInAPackage(ROOT + "api..")
          .should()
          .dependOnClassesThat(
              resideInAnyPackage("dev.caretaker..").and(not(resideInAnyPackage(ROOT + "api.."))))
          .allowEmptyShould(true)
          .because("the shape of the resources has no behaviour: put it into mapping");

  @ArchTest
  static final ArchRule onlyMappingAndTheEdgesKnowTheApi =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              // One command prints the CRDs, others read the files that people would apply.
              "dev.caretaker",
              ROOT + "command..",
              ROOT + "doctor..",
              ROOT + "api..",
              ROOT + "mapping..",
              ROOT + "operator..",
              ROOT + "plan..",
              ROOT + "sandbox..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage(ROOT + "api..")
          .because("others work with policies and models: let mapping translate");

  @ArchTest
  static final ArchRule portsSpeakInModelsAndActions =
      noClasses()
          .that()
          .resideInAPackage(ROOT + "port..")
          .should()
          .dependOnClassesThat(
              resideInAnyPackage("dev.caretaker..")
                  .and(
                      not(
                          resideInAnyPackage(
                              ROOT + "port..",
                              ROOT + "kernel..",
                              "dev.caretaker.*.model..",
                              "dev.caretaker.*.action.."))))
          .because("a port takes values and gives values");

  @ArchTest
  static final ArchRule passKnowsPortsAndDomains =
      noClasses()
          .that()
          .resideInAPackage(ROOT + "pass..")
          .should()
          .dependOnClassesThat(
              resideInAnyPackage("dev.caretaker..")
                  .and(not(resideInAnyPackage(PURE)))
                  .and(not(resideInAnyPackage(ROOT + "pass..", ROOT + "port.."))))
          .because("the same pass runs on real and simulated worlds: use the port");

  @ArchTest
  static final ArchRule adaptersKnowPortsAndModels =
      noClasses()
          .that()
          .resideInAPackage(ROOT + "adapter..")
          .should()
          .dependOnClassesThat(
              resideInAnyPackage("dev.caretaker..")
                  .and(
                      not(
                          resideInAnyPackage(
                              ROOT + "adapter..",
                              ROOT + "port..",
                              ROOT + "kernel..",
                              "dev.caretaker.*.model..",
                              "dev.caretaker.*.action.."))))
          .because("an adapter translates and decides nothing");

  @ArchTest
  static final ArchRule adaptersDoNotKnowEachOther =
      slices()
          .matching(ROOT + "adapter.(*)..")
          .should()
          .notDependOnEachOther()
          .because("each adapter has one library and one port");

  @ArchTest
  static final ArchRule elasticsearchHasOneHome =
      onlyIn("org.elasticsearch..", "adapter.elasticsearch..");

  @ArchTest
  static final ArchRule amazonHasFourHomes =
      onlyIn(
          "software.amazon.awssdk..",
          "adapter.ec2..",
          "adapter.sqs..",
          "adapter.s3..",
          "adapter.host..");

  @ArchTest
  static final ArchRule theOperatorSdkHasOneHome = onlyIn("io.javaoperatorsdk..", "operator..");

  private static ArchRule onlyIn(String library, String... homes) {
    var packages = new String[homes.length];
    for (int i = 0; i < homes.length; i++) {
      packages[i] = ROOT + homes[i];
    }
    return noClasses()
        .that()
        .resideOutsideOfPackages(packages)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(library)
        .because("a library is known in one place only: go through a port");
  }

  @ArchTest
  static final ArchRule theWorldIsNoAdapter =
      noClasses()
          .that()
          .resideInAPackage(ROOT + "world..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage(ROOT + "adapter..")
          .allowEmptyShould(true)
          .because("the simulated world stands for what is behind the ports");

  @ArchTest
  static final ArchRule theOperatorRunsWithoutWorldAndSandbox =
      noClasses()
          .that()
          .resideInAPackage(ROOT + "operator..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(ROOT + "world..", ROOT + "sandbox..")
          .allowEmptyShould(true)
          .because("what runs in production has no part that only tries it out");

  @ArchTest
  static final ArchRule onlyTheCommandLineKnowsTheCommands =
      noClasses()
          .that()
          .resideOutsideOfPackages("dev.caretaker", ROOT + "command..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage(ROOT + "command..")
          .because("a command is an edge: what others need of it belongs below it");

  @ArchTest
  static final ArchRule plansAskNobody =
      noClasses()
          .that()
          .resideInAPackage(ROOT + "plan..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(ROOT + "adapter..", ROOT + "operator..", ROOT + "sandbox..")
          .because("a plan is made of a view: whoever wants one reads the cluster first");

  @ArchTest
  static final ArchRule packagesHaveNoCycles =
      slices()
          .matching(ROOT + "(**)")
          .should()
          .beFreeOfCycles()
          .because(
              "a cycle is one package in two places: move the type both need to the lower one");

  @ArchTest
  static final ArchRule modelsAndActionsAreValues =
      classes()
          .that()
          .resideInAnyPackage("dev.caretaker.*.model..", "dev.caretaker.*.action..")
          .and()
          .arePublic()
          .should(Purity.beValues())
          .because("what is seen and what is asked never changes: make it a record");

  @ArchTest
  static final ArchRule theCoreDoesNotLog =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              ROOT + "pass..", ROOT + "adapter..", ROOT + "operator..", ROOT + "sandbox..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.slf4j..", "java.util.logging..", "java.lang.System$Logger")
          .because("the verdict is the log: return the reason");

  @ArchTest
  static final ArchRule namesSayWhatATypeIs =
      noClasses()
          .should()
          .haveNameMatching(".*(Util|Utils|Helper|Manager|Impl|Info|Data|Common|Base)")
          .because("such a name fits everything: name what it is or does");

  @ArchTest
  static final ArchRule nobodySleeps =
      noClasses()
          .that()
          .resideOutsideOfPackage(ROOT + "sandbox..")
          .should(Purity.sleepOrJoin())
          .because("waiting is a verdict with a next look, not a thread that is held");
}

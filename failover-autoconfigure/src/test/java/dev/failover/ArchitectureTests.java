package dev.failover;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.Architectures;
import com.tngtech.archunit.library.Architectures.LayeredArchitecture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

/**
 * The layers of the house: imports point down only.
 */
final class ArchitectureTests {

	private static final JavaClasses MAIN = new ClassFileImporter()
		.withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
		.withImportOption((location) -> !location.contains("/dev/failover/test/"))
		.importPackages("dev.failover");

	private static final List<String> LAYERS = List.of("autoconfigure", "actuator", "doctor", "transaction", "monitor",
			"routing", "detection", "replication", "dialect", "topology");

	@Test
	void importsPointDownOnly() {
		check(layers().whereLayer("autoconfigure")
			.mayNotBeAccessedByAnyLayer()
			.whereLayer("actuator")
			.mayOnlyBeAccessedByLayers("autoconfigure")
			.whereLayer("doctor")
			.mayOnlyBeAccessedByLayers("autoconfigure", "actuator")
			.whereLayer("transaction")
			.mayOnlyBeAccessedByLayers("autoconfigure")
			.whereLayer("monitor")
			.mayOnlyBeAccessedByLayers("autoconfigure", "actuator")
			.whereLayer("routing")
			.mayOnlyBeAccessedByLayers("autoconfigure", "actuator", "monitor", "transaction")
			.whereLayer("detection")
			.mayOnlyBeAccessedByLayers("autoconfigure", "actuator", "monitor", "doctor")
			.whereLayer("replication")
			.mayOnlyBeAccessedByLayers("autoconfigure", "actuator", "monitor")
			.whereLayer("dialect")
			.mayOnlyBeAccessedByLayers("autoconfigure", "actuator", "monitor", "doctor", "transaction", "routing",
					"detection", "replication"));
	}

	/**
	 * Each concept is a package of its name.
	 */
	private static LayeredArchitecture layers() {
		LayeredArchitecture layers = Architectures.layeredArchitecture().consideringOnlyDependenciesInLayers();
		for (String name : LAYERS) {
			layers = layers.layer(name).definedBy("dev.failover." + name + "..");
		}
		return layers;
	}

	/**
	 * Everything is in a layer: a package that nobody has placed escapes the rules.
	 */
	@Test
	void everyClassIsInALayer() {
		check(classes().should()
			.resideInAnyPackage("dev.failover.autoconfigure..", "dev.failover.actuator", "dev.failover.monitor",
					"dev.failover.routing", "dev.failover.detection", "dev.failover.replication",
					"dev.failover.dialect", "dev.failover.doctor", "dev.failover.topology",
					"dev.failover.transaction"));
	}

	@ParameterizedTest
	@CsvSource({ "routing, detection", "routing, replication", "routing, monitor", "detection, routing",
			"detection, replication", "detection, monitor", "replication, routing", "replication, detection",
			"replication, monitor" })
	void neighboursDoNotSeeEachOther(String one, String other) {
		check(noClasses().that()
			.resideInAPackage("dev.failover." + one + "..")
			.should()
			.dependOnClassesThat()
			.resideInAPackage("dev.failover." + other + ".."));
	}

	@Test
	void theWordsKnowNothingButTheJdk() {
		check(classes().that()
			.resideInAPackage("dev.failover.topology..")
			.should()
			.onlyDependOnClassesThat(
					resideInAnyPackage("java..", "org.jspecify..", "dev.failover.topology..").or(instrumentation())));
	}

	@Test
	void onlyTheOuterLayersKnowBoot() {
		check(noClasses().that()
			.resideOutsideOfPackages("dev.failover.autoconfigure..", "dev.failover.actuator..")
			.should()
			.dependOnClassesThat()
			.resideInAPackage("org.springframework.boot.."));
	}

	@ParameterizedTest
	@CsvSource({ "io.github.resilience4j.., detection, monitor",
			"com.zaxxer.hikari.., routing, monitor|detection|doctor", "io.micrometer.., actuator, actuator" })
	void aLibraryIsKnownToTheLayersThatNeedIt(String library, String layer, String others) {
		String[] allowed = packages("autoconfigure|" + layer + "|" + others);
		check(noClasses().that()
			.resideOutsideOfPackages(allowed)
			.should()
			.dependOnClassesThat()
			.resideInAPackage(library));
	}

	private static String[] packages(String layers) {
		return Arrays.stream(layers.split("\\|")).map((layer) -> "dev.failover." + layer + "..").toArray(String[]::new);
	}

	@Test
	void packagesHaveNoCycles() {
		check(slices().matching("dev.failover.(**)").should().beFreeOfCycles());
	}

	@Test
	void nothingIsInjectedIntoFields() {
		check(noFields().should()
			.beAnnotatedWith("org.springframework.beans.factory.annotation.Autowired")
			.orShould()
			.beAnnotatedWith("org.springframework.beans.factory.annotation.Value")
			.orShould()
			.beAnnotatedWith("jakarta.inject.Inject")
			.orShould()
			.beAnnotatedWith("jakarta.annotation.Resource"));
	}

	@Test
	void nobodySleepsButDetectionPacesItself() {
		check(noClasses().that()
			.resideOutsideOfPackage("dev.failover.detection..")
			.should()
			.callMethod(Thread.class, "sleep", long.class)
			.orShould()
			.callMethod(TimeUnit.class, "sleep", long.class));
		check(noClasses().should().callMethod(Thread.class, "sleep", long.class));
	}

	@Test
	void nobodyWritesToTheConsole() {
		check(noClasses().should()
			.accessField(System.class, "out")
			.orShould()
			.accessField(System.class, "err")
			.orShould()
			.callMethod(Throwable.class, "printStackTrace"));
	}

	/**
	 * Time is injected into what decides.
	 */
	@Test
	void logicDoesNotReadClocks() {
		check(noClasses().that(resideOutsideOfPackages("dev.failover.routing..", "dev.failover.monitor.."))
			.should()
			.callMethod(System.class, "nanoTime")
			.orShould()
			.callMethod(System.class, "currentTimeMillis")
			.orShould()
			.callMethod(Instant.class, "now"));
	}

	/**
	 * What a coverage agent writes into classes.
	 */
	private static DescribedPredicate<JavaClass> instrumentation() {
		return resideInAnyPackage("org.jacoco..");
	}

	private static void check(ArchRule rule) {
		rule.check(MAIN);
	}

}

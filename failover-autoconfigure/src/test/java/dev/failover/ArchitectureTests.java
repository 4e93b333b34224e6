package dev.failover;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaConstructor;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.constructors;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the architecture: layers and libraries, the size of the public API, and the
 * independence of generic code from any database.
 */
final class ArchitectureTests {

	private static final int MAX_PUBLIC_TYPES = 60;

	private static final int MAX_PARAMETERS = 5;

	private static final String ROOT = "dev.failover";

	private static final Path SOURCES = Path.of("src", "main", "java", "dev", "failover");

	/** Words of one database product. */
	private static final Pattern DATABASE_WORDS = Pattern.compile("postgres|pg_|timeline|\\bwal\\b|5432",
			Pattern.CASE_INSENSITIVE);

	/** Lists the images of all databases, which is its purpose. */
	private static final String LIST_OF_DATABASES = "ComposeDatabase.java";

	/** Imported from the module's own output: other modules share the root package. */
	private static final JavaClasses MAIN = new ClassFileImporter().importPath(Path.of("target", "classes"));

	/**
	 * The packages of all layers, and what each may use beside itself and the root
	 * package.
	 */
	private static final String LAYERS = """
			autoconfigure..        | actuator internal.. dialect transaction
			actuator               | internal.doctor
			internal.engine        | internal.concurrent internal.monitor internal.policy internal.drill internal.routing internal.detection internal.replication internal.error dialect
			internal.monitor       | internal.concurrent internal.policy internal.routing internal.detection internal.replication internal.error dialect
			internal.doctor        | internal.concurrent internal.detection internal.error internal.socket dialect
			internal.drill         | internal.concurrent internal.routing internal.detection internal.error dialect
			internal.transaction   | internal.routing internal.error transaction
			internal.routing       | internal.concurrent internal.error internal.socket dialect
			internal.detection     | internal.concurrent internal.error internal.socket dialect
			internal.replication   | internal.error dialect
			internal.socket.*      | internal.socket dialect
			internal.socket        | dialect
			internal.error         | dialect
			internal.policy        |
			internal.concurrent    |
			dialect.*              | dialect
			dialect                |
			transaction            |
			""";

	/**
	 * Each layer may use itself, the root package and the layers that are named for it.
	 */
	@ParameterizedTest(name = "{0} uses {1}")
	@CsvSource(delimiter = '|', textBlock = LAYERS)
	void aLayerUsesOnlyTheLayersBelowIt(String layer, @Nullable String below) {
		check(classes().that(resideInAPackage(name(layer)))
			.should()
			.onlyDependOnClassesThat(resideOutsideOfPackage(ROOT + "..").or(resideInAnyPackage(ROOT, name(layer)))
				.or(resideInAnyPackage(names(below)))
				.as("reside in %s or below it", layer)));
	}

	private static String name(String layer) {
		return ROOT + "." + layer;
	}

	private static String[] names(@Nullable String layers) {
		return (layers != null) ? Arrays.stream(layers.split(" ")).map(ArchitectureTests::name).toArray(String[]::new)
				: new String[0];
	}

	@Test
	void everyClassIsInALayer() {
		check(classes().should()
			.resideInAnyPackage(
					Stream.concat(Stream.of(ROOT), LAYERS.lines().map((line) -> name(line.split("\\|")[0].strip())))
						.toArray(String[]::new)));
	}

	@Test
	void theRootPackageUsesTheJdkOnly() {
		check(classes().that(resideInAPackage(ROOT))
			.should()
			.onlyDependOnClassesThat(resideInAnyPackage("java..", "org.jspecify..", ROOT).or(instrumentation())));
	}

	@Test
	void thePolicyUsesTheRootPackageAndTheJdkOnly() {
		check(classes().that(resideInAPackage("dev.failover.internal.policy"))
			.should()
			.onlyDependOnClassesThat(
					resideInAnyPackage("java..", "org.jspecify..", ROOT, "dev.failover.internal.policy")
						.or(instrumentation())));
	}

	@Test
	void onlyAutoConfigurationAndActuatorUseBoot() {
		check(noClasses().that(resideOutsideOfPackages("dev.failover.autoconfigure..", "dev.failover.actuator"))
			.should()
			.dependOnClassesThat(resideInAPackage("org.springframework.boot..")));
	}

	@ParameterizedTest
	@CsvSource({ "io.github.resilience4j.., internal.detection internal.engine",
			"com.zaxxer.hikari.., internal.routing internal.detection internal.engine internal.doctor internal.socket",
			"io.micrometer.., actuator" })
	void onlyTheLayersThatNeedALibraryUseIt(String library, String layers) {
		check(noClasses().that(resideOutsideOfPackages(names("autoconfigure.. " + layers)))
			.should()
			.dependOnClassesThat(resideInAPackage(library)));
	}

	@Test
	void packagesHaveNoCycles() {
		check(slices().matching("dev.failover.(**)").should().beFreeOfCycles());
	}

	@Test
	void everyPackageIsNullMarked() {
		assertThat(MAIN.stream()
			.map(JavaClass::getPackage)
			.filter((packageOfType) -> !packageOfType.isAnnotatedWith(NullMarked.class))
			.map(JavaPackage::getName)
			.distinct()).isEmpty();
	}

	/**
	 * Counts top-level types; the types of internal packages are no API.
	 */
	@Test
	void fewTypesArePublic() {
		assertThat(MAIN.stream()
			.filter(resideOutsideOfPackage("dev.failover.internal.."))
			.filter((type) -> type.isTopLevelClass() && type.getModifiers().contains(JavaModifier.PUBLIC))
			.map(JavaClass::getName)
			.sorted()).hasSizeLessThanOrEqualTo(MAX_PUBLIC_TYPES);
	}

	@Test
	void constructorsHaveFewParameters() {
		check(constructors().that()
			.areDeclaredInClassesThat(DescribedPredicate.describe("are neither records, enums nor anonymous",
					(type) -> !type.isRecord() && !type.isEnum() && !type.isAnonymousClass()))
			.should(new ArchCondition<>("have at most " + MAX_PARAMETERS + " parameters") {

				@Override
				public void check(JavaConstructor constructor, ConditionEvents events) {
					int count = constructor.getRawParameterTypes().size();
					events.add(new SimpleConditionEvent(constructor, count <= MAX_PARAMETERS,
							constructor.getFullName() + " has " + count + " parameters"));
				}

			}));
	}

	@Test
	void genericCodeNamesNoDatabase() throws IOException {
		List<String> found = new ArrayList<>();
		try (Stream<Path> files = Files.walk(SOURCES)) {
			for (Path file : files.filter(ArchitectureTests::isGeneric).sorted().toList()) {
				List<String> lines = Files.readAllLines(file);
				for (int i = 0; i < lines.size(); i++) {
					if (DATABASE_WORDS.matcher(lines.get(i)).find()) {
						found.add(file + ":" + (i + 1) + ": " + lines.get(i).strip());
					}
				}
			}
		}
		assertThat(found).isEmpty();
	}

	private static boolean isGeneric(Path file) {
		return file.toString().endsWith(".java") && !file.endsWith(LIST_OF_DATABASES)
				&& !file.getName(file.getNameCount() - 2).toString().equals("postgresql");
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
	void onlyDetectionSleeps() {
		check(noClasses().that(resideOutsideOfPackage("dev.failover.internal.detection"))
			.should()
			.callMethod(Thread.class, "sleep", long.class)
			.orShould()
			.callMethod(TimeUnit.class, "sleep", long.class));
		check(noClasses().should().callMethod(Thread.class, "sleep", long.class));
	}

	@Test
	void nothingIsWrittenToTheConsole() {
		check(noClasses().should()
			.accessField(System.class, "out")
			.orShould()
			.accessField(System.class, "err")
			.orShould()
			.callMethod(Throwable.class, "printStackTrace"));
	}

	@Test
	void clocksAreInjected() {
		check(noClasses()
			.that(resideOutsideOfPackages("dev.failover.internal.routing", "dev.failover.internal.monitor"))
			.should()
			.callMethod(System.class, "nanoTime")
			.orShould()
			.callMethod(System.class, "currentTimeMillis")
			.orShould()
			.callMethod(Instant.class, "now"));
	}

	/**
	 * Matches the classes that a coverage agent adds calls to.
	 */
	private static DescribedPredicate<JavaClass> instrumentation() {
		return resideInAnyPackage("org.jacoco..");
	}

	private static void check(ArchRule rule) {
		rule.check(MAIN);
	}

}

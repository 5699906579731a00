package org.bridgehead.junit;

import java.lang.annotation.Annotation;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.bridgehead.core.directory.Organization;
import org.bridgehead.engine.ClockHandle;
import org.bridgehead.engine.MailOrganization;
import org.bridgehead.engine.MailboxHandle;
import org.bridgehead.engine.OrganizationConfig;
import org.bridgehead.engine.ServerHandle;
import org.bridgehead.engine.TrackingLog;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.AnnotationSupport;
import org.opentest4j.TestAbortedException;

/**
 * What {@link BridgeheadTest} stands for, with all options:
 *
 * <pre>{@code
 * @RegisterExtension
 * static final BridgeheadExtension mail = BridgeheadExtension.of("topologies/contoso.yaml").withUnsettledMailAllowed();
 * }</pre>
 *
 * <p>Immutable: each {@code with…} method returns another extension. Tests that run in parallel take what they need as
 * parameters; {@link #organization()} is for those that don't. Uses only what JUnit 5 and 6 have in common.
 */
public final class BridgeheadExtension
        implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback, ParameterResolver {
    private static final String KEY = "organization";
    private static final Set<Class<?>> PARAMETERS =
            Set.of(MailOrganization.class, ClockHandle.class, TrackingLog.class, ServerHandle.class, MailboxHandle.class);

    /** Empty for the annotation's: its settings depend on the class. */
    private final Optional<ExtensionSettings> settings;

    private final ExtensionContext.Namespace namespace =
            ExtensionContext.Namespace.create(BridgeheadExtension.class, new Object());
    private final Set<TestedOrganization> open = ConcurrentHashMap.newKeySet();

    /** For {@link BridgeheadTest}; elsewhere use {@link #of(String)}. */
    public BridgeheadExtension() {
        this.settings = Optional.empty();
    }

    private BridgeheadExtension(ExtensionSettings settings) {
        this.settings = Optional.of(settings);
    }

    /** Organisations as described in a file relative to the working directory, or in {@code classpath:} a resource. */
    public static BridgeheadExtension of(String topology) {
        return new BridgeheadExtension(ExtensionSettings.of(TopologySource.at(topology)));
    }

    /** Organisations as described in a file. */
    public static BridgeheadExtension of(Path topology) {
        return new BridgeheadExtension(ExtensionSettings.of(() -> TopologySource.file(topology)));
    }

    /** Organisations with these servers and people. */
    public static BridgeheadExtension of(Organization topology) {
        return new BridgeheadExtension(ExtensionSettings.of(() -> TopologySource.of(topology)));
    }

    /** Organisations as described in the text of a topology file. */
    public static BridgeheadExtension ofYaml(String topology) {
        return new BridgeheadExtension(ExtensionSettings.of(() -> TopologySource.text(topology)));
    }

    /** In real time: retries come when they come. */
    public BridgeheadExtension withRealTime() {
        return withConfig(config -> new OrganizationConfig(
                config.organization(),
                config.folder(),
                config.servers(),
                config.data(),
                config.peers(),
                config.allowOutbound(),
                Optional.empty(),
                config.loopbackIsUser(),
                false));
    }

    /** In virtual time that begins at {@code start}. */
    public BridgeheadExtension withVirtualTimeFrom(Instant start) {
        return withConfig(config -> config.virtualFrom(start));
    }

    /** One organisation for all tests of a class; the field must be static. */
    public BridgeheadExtension withOneOrganizationPerClass() {
        return new BridgeheadExtension(given().with(BridgeheadTest.Scope.CLASS));
    }

    /** Mail may be left waiting though nothing keeps it from going. */
    public BridgeheadExtension withUnsettledMailAllowed() {
        return new BridgeheadExtension(given().withUnsettled(true));
    }

    /** How long, in real time, mail that is under way at the end of a test is waited for; 10 seconds otherwise. */
    public BridgeheadExtension withPatience(Duration limit) {
        return new BridgeheadExtension(given().with(limit));
    }

    /** With any other change, such as a data folder or fewer servers; what was said before is in its argument. */
    public BridgeheadExtension withConfig(UnaryOperator<OrganizationConfig> change) {
        return new BridgeheadExtension(given().then(change));
    }

    private ExtensionSettings given() {
        return settings.orElseThrow(
                () -> new IllegalStateException("begin with BridgeheadExtension.of(topology), not with a constructor"));
    }

    /**
     * The organisation of the test that runs now.
     *
     * @throws IllegalStateException when no test runs, or several run in parallel: those take it as a parameter
     */
    public MailOrganization organization() {
        List<TestedOrganization> all = List.copyOf(open);
        if (all.size() != 1) {
            throw new IllegalStateException(
                    all.isEmpty()
                            ? "there is an organisation only while a test runs"
                            : all.size() + " tests run in parallel: take MailOrganization as a parameter of the test");
        }
        return all.get(0).organization();
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        ExtensionSettings wanted = settings(context);
        if (wanted.scope() == BridgeheadTest.Scope.CLASS && running(context) == null) {
            start(context, wanted);
        }
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        ExtensionSettings wanted = settings(context);
        boolean runs = running(context) != null;
        if (wanted.scope() == BridgeheadTest.Scope.METHOD) {
            if (runs) {
                throw new IllegalStateException("the organisation of " + context.getDisplayName() + " runs already");
            }
            start(context, wanted);
        } else if (!runs) {
            throw new ExtensionConfigurationException(
                    "one organisation per class needs a static field for the extension");
        }
    }

    private void start(ExtensionContext context, ExtensionSettings wanted) {
        TestedOrganization organization = TestedOrganization.start(wanted);
        open.add(organization);
        store(context).put(KEY, organization);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        TestedOrganization tested = running(context);
        if (tested != null) {
            context.getExecutionException()
                    .filter(failure -> !(failure instanceof TestAbortedException))
                    .ifPresent(failure -> FailurePage.write(tested.organization(), context, failure));
        }
        finish(context);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        finish(context);
    }

    /** Closes what was started for just this context; that of a class around it goes on. */
    private void finish(ExtensionContext context) {
        TestedOrganization organization = store(context).remove(KEY, TestedOrganization.class);
        if (organization == null) {
            return;
        }
        open.remove(organization);
        Leftovers left = organization.finish();
        boolean aborted = context.getExecutionException()
                .filter(TestAbortedException.class::isInstance)
                .isPresent();
        // JUnit adds this to the test's own failure, where there is one, as a suppressed one.
        (aborted ? left.withoutMail() : left)
                .complaint(context.getDisplayName())
                .ifPresent(complaint -> {
                    throw new AssertionError(complaint);
                });
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return PARAMETERS.contains(parameter.getParameter().getType());
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        TestedOrganization tested = running(context);
        if (tested == null) {
            throw new ParameterResolutionException("there is no organisation yet: take "
                    + parameter.getParameter().getType().getSimpleName()
                    + " as a parameter of the test or of a @BeforeEach method, or share one per class");
        }
        MailOrganization organization = tested.organization();
        Class<?> type = parameter.getParameter().getType();
        if (type == ClockHandle.class) {
            return organization.clock();
        } else if (type == TrackingLog.class) {
            return organization.tracking();
        } else if (type == ServerHandle.class) {
            return part(parameter, Server.class, Server::value, organization::server, "NAME of "
                    + String.join(", ", organization.servers().keySet()));
        } else if (type == MailboxHandle.class) {
            return part(parameter, Mailbox.class, Mailbox::value, organization::mailbox, "ADDRESS");
        }
        return organization;
    }

    /** The part that an annotation names. */
    private static <A extends Annotation> Object part(
            ParameterContext parameter,
            Class<A> annotation,
            Function<A, String> name,
            Function<String, Object> find,
            String examples) {
        String wanted = parameter
                .findAnnotation(annotation)
                .map(name)
                .orElseThrow(() -> new ParameterResolutionException("say which one it is: @"
                        + annotation.getSimpleName() + "(\"…\") "
                        + parameter.getParameter().getType().getSimpleName() + ", with the " + examples));
        try {
            return find.apply(wanted);
        } catch (IllegalArgumentException e) {
            throw new ParameterResolutionException(String.valueOf(e.getMessage()), e);
        }
    }

    private ExtensionSettings settings(ExtensionContext context) {
        return settings.orElseGet(() -> {
            for (Class<?> type = context.getRequiredTestClass(); type != null; type = type.getEnclosingClass()) {
                Optional<BridgeheadTest> annotation = AnnotationSupport.findAnnotation(type, BridgeheadTest.class);
                if (annotation.isPresent()) {
                    return ExtensionSettings.of(annotation.get());
                }
            }
            throw new ExtensionConfigurationException("which topology? Use @BridgeheadTest(\"topologies/contoso.yaml\")"
                    + " or BridgeheadExtension.of(topology) with @RegisterExtension");
        });
    }

    private @Nullable TestedOrganization running(ExtensionContext context) {
        return store(context).get(KEY, TestedOrganization.class);
    }

    private ExtensionContext.Store store(ExtensionContext context) {
        return context.getStore(namespace);
    }
}

package dev.caretaker.testkit;

import dev.caretaker.sandbox.kubernetes.ApiServer;
import dev.caretaker.sandbox.kubernetes.AuditLevel;
import dev.caretaker.sandbox.kubernetes.BinarySearch;
import dev.caretaker.sandbox.kubernetes.KubernetesBinaries;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Decides whether such a test runs, and starts the one server that they share at its first use. */
final class ApiServerForTests implements ExecutionCondition, ParameterResolver {

  private static final String REQUIRE = "CARETAKER_REQUIRE_APISERVER";
  private static final Namespace NAMESPACE = Namespace.create(ApiServerForTests.class);

  /** Fixed for each JVM, so that the next run finds and stops what a killed run left. */
  private static final Path DIRECTORY = Path.of("target", "kubernetes", "shared-" + Fork.number());

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    var search = BinarySearch.onThisMachine().find();
    if (search instanceof BinarySearch.Missing missing) {
      if (Boolean.parseBoolean(System.getenv(REQUIRE))) {
        throw new ExtensionConfigurationException(REQUIRE + "=true, but: " + missing.sentence());
      }
      return ConditionEvaluationResult.disabled(missing.sentence());
    }
    return ConditionEvaluationResult.enabled("the programs of Kubernetes are here");
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    var type = parameter.getParameter().getType();
    return type == ApiServer.class || type == KubernetesBinaries.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    if (parameter.getParameter().getType() == KubernetesBinaries.class) {
      return binaries();
    }
    return context
        .getRoot()
        .getStore(NAMESPACE)
        .getOrComputeIfAbsent(ApiServer.class, type -> start(), ApiServer.class);
  }

  /** Closed by JUnit with the store it lives in, at the end of the run. */
  private static ApiServer start() {
    try {
      return ApiServer.start(binaries(), DIRECTORY, AuditLevel.NONE);
    } catch (IOException e) {
      throw new ExtensionConfigurationException("no API server for the tests", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ExtensionConfigurationException("interrupted while the API server started", e);
    }
  }

  private static KubernetesBinaries binaries() {
    if (BinarySearch.onThisMachine().find() instanceof BinarySearch.Found found) {
      return found.binaries();
    }
    throw new ExtensionConfigurationException("the programs of Kubernetes have gone");
  }
}

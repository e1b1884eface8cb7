package dev.caretaker.testkit;

import dev.caretaker.sandbox.hosts.HostPrograms;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Decides whether such a test runs, and gives it the programs. */
final class SshForTests implements ExecutionCondition, ParameterResolver {
  private static final String REQUIRE = "CARETAKER_REQUIRE_SSH";

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    if (HostPrograms.find() instanceof HostPrograms.Missing missing) {
      if (Boolean.parseBoolean(System.getenv(REQUIRE))) {
        throw new ExtensionConfigurationException(REQUIRE + "=true, but: " + missing.sentence());
      }
      return ConditionEvaluationResult.disabled(missing.sentence());
    }
    return ConditionEvaluationResult.enabled("sshd and supervisord are here");
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == HostPrograms.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    if (HostPrograms.find() instanceof HostPrograms.Found found) {
      return found.programs();
    }
    throw new ExtensionConfigurationException("sshd or supervisord have gone");
  }
}

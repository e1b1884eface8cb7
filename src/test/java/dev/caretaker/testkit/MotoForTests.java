package dev.caretaker.testkit;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Decides whether such a test runs, and starts one server for all of them. */
final class MotoForTests implements ExecutionCondition, ParameterResolver, BeforeEachCallback {
  private static final String PROGRAM = "CARETAKER_MOTO";
  private static final String REQUIRE = "CARETAKER_REQUIRE_MOTO";

  private static Optional<Path> program() {
    return Optional.ofNullable(System.getenv(PROGRAM)).map(Path::of).filter(Files::isExecutable);
  }

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    if (program().isPresent()) {
      return ConditionEvaluationResult.enabled("moto is here");
    }
    var missing =
        PROGRAM
            + " does not name the program moto_server"
            + " (pip install 'moto[ec2,s3,server,sqs,ssm]')";
    if (Boolean.parseBoolean(System.getenv(REQUIRE))) {
      throw new ExtensionConfigurationException(REQUIRE + "=true, but: " + missing);
    }
    return ConditionEvaluationResult.disabled(missing);
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    moto(context).reset();
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Moto.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return moto(context);
  }

  /** Closed by JUnit when the last test is over. */
  private static Moto moto(ExtensionContext context) {
    return context
        .getRoot()
        .getStore(ExtensionContext.Namespace.create(MotoForTests.class))
        .getOrComputeIfAbsent("moto", key -> Moto.start(program().orElseThrow()), Moto.class);
  }
}

package dev.caretaker.testkit;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test against moto, a stand-in for AWS (PyPI: {@code moto[ec2,s3,server,sqs,ssm]}); takes the
 * {@link Moto} as a parameter, empty before each test. Without the environment variable {@code
 * CARETAKER_MOTO}, the path of its program {@code moto_server}, it is skipped with a reason, unless
 * {@code CARETAKER_REQUIRE_MOTO} is {@code true}: then it fails.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(MotoForTests.class)
public @interface RequiresMoto {}

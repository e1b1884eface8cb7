package dev.caretaker.testkit;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test against a real sshd and supervisord; takes the {@code HostPrograms} as a parameter.
 * Without them it is skipped with a reason, unless the environment variable {@code
 * CARETAKER_REQUIRE_SSH} is {@code true}: then it fails.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Tag("ssh")
@ExtendWith(SshForTests.class)
public @interface RequiresSsh {}

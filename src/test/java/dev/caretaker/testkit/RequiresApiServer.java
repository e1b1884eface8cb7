package dev.caretaker.testkit;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test against a real Kubernetes API server, which it takes as a parameter: an {@code ApiServer}
 * that all such tests of one run share (each works in a namespace of its own), or the {@code
 * KubernetesBinaries} to start one. Without the programs the test is skipped with a reason, unless
 * the environment variable {@code CARETAKER_REQUIRE_APISERVER} is {@code true}: then it fails.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(ApiServerForTests.class)
public @interface RequiresApiServer {}

package dev.caretaker.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** Machines behind sshd. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
    value = "self.user.matches(r'" + Shapes.USER + "')",
    message = "user must be " + Shapes.USER_IS,
    fieldPath = ".user")
@ValidationRule(
    value = "!has(self.knownHosts) || self.knownHosts.matches(r'" + Shapes.KNOWN_HOSTS + "')",
    message = "knownHosts must be " + Shapes.KNOWN_HOSTS_IS,
    fieldPath = ".knownHosts")
@ValidationRule(
    value = "has(self.knownHosts) != has(self.knownHostsSecret)",
    message = "give the host keys in one place: knownHosts or knownHostsSecret")
public record EsSshSpec(
    @JsonPropertyDescription("Who logs in.") @Required @Size(max = Shapes.LONGEST_USER)
        @Nullable String user,
    @JsonPropertyDescription("Port of sshd on every machine; 22 by default.") @Min(1) @Max(65535)
        @Nullable Integer port,
    @JsonPropertyDescription(
            "The Secret with the private key (ssh-privatekey) and, where the key has one, its"
                + " passphrase.")
        @Required
        @Nullable SecretReference keySecret,
    @JsonPropertyDescription(
            "The host keys that are accepted, as lines of OpenSSH's known_hosts. No other is.")
        @Size(max = Shapes.LONGEST_KNOWN_HOSTS)
        @Nullable String knownHosts,
    @JsonPropertyDescription("The same from a Secret, key known_hosts.")
        @Nullable SecretReference knownHostsSecret,
    @JsonPropertyDescription("The machine through which the others are reached.")
        @Nullable Jump jump) {

  /** A machine on the way; it is logged in to with the same key. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @ValidationRule(
      value = "self.address.matches(r'" + Shapes.MACHINE + "')",
      message = "jump.address must be " + Shapes.ADDRESS_IS,
      fieldPath = ".address")
  @ValidationRule(
      value = "!has(self.user) || self.user.matches(r'" + Shapes.USER + "')",
      message = "jump.user must be " + Shapes.USER_IS,
      fieldPath = ".user")
  public record Jump(
      @JsonPropertyDescription("Where it is reached.") @Required @Size(max = Shapes.LONGEST_NAME)
          @Nullable String address,
      @JsonPropertyDescription("Port of its sshd; 22 by default.") @Min(1) @Max(65535)
          @Nullable Integer port,
      @JsonPropertyDescription("Who logs in there; the same user as behind it by default.")
          @Size(max = Shapes.LONGEST_USER)
          @Nullable String user) {}
}

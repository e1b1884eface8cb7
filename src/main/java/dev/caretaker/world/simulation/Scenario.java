package dev.caretaker.world.simulation;

import dev.caretaker.elastic.policy.EsPolicy;
import dev.caretaker.world.World;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * One random world with what is asked of it.
 *
 * @param fleet whose machines are nodes of the world; empty where there is none
 * @param random for everything that goes wrong in it
 * @param feasible whether nothing in its structure can keep a rollout from its end
 * @param troubledFor how many seconds things go wrong
 */
record Scenario(
    World world,
    EsPolicy policy,
    Mix mix,
    Optional<Fleet> fleet,
    SplittableRandom random,
    boolean feasible,
    long troubledFor) {}

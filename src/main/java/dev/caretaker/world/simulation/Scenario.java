package dev.caretaker.world.simulation;

import dev.caretaker.elastic.policy.EsPolicy;
import dev.caretaker.world.World;
import java.util.SplittableRandom;

/**
 * One random world with what is asked of it.
 *
 * @param random for everything that goes wrong in it
 * @param feasible whether nothing in its structure can keep a rollout from its end
 * @param troubledFor how many seconds things go wrong
 */
record Scenario(
    World world,
    EsPolicy policy,
    Mix mix,
    SplittableRandom random,
    boolean feasible,
    long troubledFor) {}

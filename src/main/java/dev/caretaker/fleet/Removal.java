package dev.caretaker.fleet;

import dev.caretaker.fleet.guard.RemovalQuestion.Cause;
import dev.caretaker.fleet.guard.RemovalQuestion.Step;
import dev.caretaker.fleet.ledger.Member;
import dev.caretaker.kernel.Reason;

/** A machine that shall go, whom to ask, and why. */
record Removal(Member member, Step step, Cause cause, Reason because) {}

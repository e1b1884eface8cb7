package dev.caretaker.pipeline;

/** What is remembered between two passes. Losing it may cost time, never a message. */
public record PipelineProgress() {
  public static final PipelineProgress NONE = new PipelineProgress();
}

package dev.caretaker.pipeline.model;

/** Which EtlPipeline it is; the UID tells it from an earlier one of the same name. */
public record PipelineId(String namespace, String name, String uid) {}

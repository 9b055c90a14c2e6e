package dev.weir.trainer.worker;

import dev.weir.model.artifact.ModelArtifact;

/** A version in the registry, with its files. */
record Registered(int version, String runId, ModelArtifact artifact) {}

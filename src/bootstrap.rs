//! The only place that builds the object graph from the configuration.

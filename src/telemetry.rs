//! Logging: the tracing subscriber and the panic hook.

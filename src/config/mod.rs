//! Typed settings: built-in defaults, then files given by `--config`, then the environment.

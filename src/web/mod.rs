//! HTTP: the REST API, the portal and the workspace.

//! Figures for Prometheus: how many requests, how long they took.

use actix_web::http::{Method, StatusCode};
use metrics::Histogram;
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};
use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::OnceLock;
use std::time::Duration;

/// Upper bounds in seconds, close where the promises lie (15, 40, 80 ms).
const BOUNDS: &[f64] = &[0.001, 0.0025, 0.005, 0.01, 0.015, 0.025, 0.04, 0.08, 0.15, 0.3, 1.0, 3.0, 10.0];

type OfRoute = HashMap<(Method, StatusCode), Histogram>;

static EXPORTER: OnceLock<Option<PrometheusHandle>> = OnceLock::new();

thread_local! {
    /// Looking a figure up by its labels costs more than the rest of the middleware.
    static HISTOGRAMS: RefCell<HashMap<String, OfRoute>> = RefCell::default();
}

/// Begins to keep figures, for the whole process. Without this nothing is counted and nothing costs.
/// Does nothing when called again, or when something else keeps the process's figures.
pub fn keep() {
    EXPORTER.get_or_init(|| {
        let builder = PrometheusBuilder::new().set_buckets(BOUNDS).ok()?;
        let recorder = builder.build_recorder();
        let handle = recorder.handle();
        metrics::set_global_recorder(recorder).ok().map(|()| handle)
    });
}

/// The figures as Prometheus reads them; nothing when none are kept.
#[must_use]
pub fn text() -> Option<String> {
    exporter().map(|handle| {
        handle.run_upkeep();
        handle.render()
    })
}

/// Whether figures are kept.
pub(super) fn are_kept() -> bool {
    exporter().is_some()
}

fn exporter() -> Option<&'static PrometheusHandle> {
    EXPORTER.get().and_then(Option::as_ref)
}

/// Notes a request.
pub(super) fn note(method: &Method, route: &str, status: StatusCode, took: Duration) {
    HISTOGRAMS.with_borrow_mut(|routes| {
        let known = routes.get(route).and_then(|of_route| of_route.get(&(method.clone(), status)));
        if let Some(histogram) = known {
            histogram.record(took);
            return;
        }
        let histogram = metrics::histogram!(
            "http_request_duration_seconds",
            "method" => method.to_string(),
            "route" => route.to_owned(),
            "status" => status.as_str().to_owned()
        );
        histogram.record(took);
        routes.entry(route.to_owned()).or_default().insert((method.clone(), status), histogram);
    });
}

//! `arende openapi`.

use super::{CliError, print};

pub(super) fn run() -> Result<(), CliError> {
    print(&crate::web::api::openapi_json())
}

//! Jobs that were given up.

use super::parts;
use crate::domain::access::Permission;
use crate::i18n::format;
use crate::web::components::{Cell, Moment, Pager};
use crate::web::routes;
use crate::web::site::{Done, Flash, ProtectedForm, SignedIn, SiteError, get, html, see_other_saying};
use crate::web::workspace::admin_forms as forms;
use crate::web::workspace::admin_view::AdminListPage;
use actix_web::HttpResponse;
use actix_web::web::{self, Path, ServiceConfig};

pub(super) fn configure(config: &mut ServiceConfig) {
    config
        .service(web::resource(routes::JOBS).route(get().to(list)))
        .service(web::resource(routes::JOB_RETRY).route(web::post().to(retry)));
}

async fn list(who: SignedIn) -> Result<HttpResponse, SiteError> {
    who.need(Permission::JobsManage)?;
    let (t, moments) = (who.texts(), who.moments());
    let rows = who
        .app()
        .dead_jobs(&who.cx())
        .await?
        .into_iter()
        .map(|job| {
            vec![
                Cell::text(job.kind),
                Cell::Moment(Moment::new(&moments, job.last_due_at)),
                Cell::Number(format::number(t.locale(), job.attempts)),
                Cell::text(job.last_error.unwrap_or_default()),
                Cell::Action(forms::retry_job(t, &job.id)),
            ]
        })
        .collect();
    let columns = [
        t.t("job-kind"),
        t.t("job-failed"),
        t.t("job-attempts"),
        t.t("job-error"),
        t.t("admin-column-action"),
    ];
    html(&AdminListPage {
        page: parts::page(&who, t.t("admin-jobs")),
        lead: Some(t.t("jobs-lead").to_owned()),
        add: None,
        search: None,
        table: parts::table(t.t("admin-jobs"), &columns, rows, t.t("jobs-none")),
        pager: Pager::default(),
    })
}

async fn retry(form: ProtectedForm, id: Path<String>) -> Result<HttpResponse, SiteError> {
    form.who.need(Permission::JobsManage)?;
    form.who.app().retry_job(&form.cx(), &id).await?;
    Ok(see_other_saying(routes::JOBS, &Flash::Done(Done::JobRetried)))
}

//! Examples of requests and answers, from `api-spec/examples`.

use serde_json::Value;

/// Declares which files there are.
macro_rules! define_examples {
    ($($id:ident: $($kind:ident)+;)*) => {
        /// Operation, kind, JSON.
        const EXAMPLES: &[(&str, &str, &str)] = &[
            $($((
                stringify!($id),
                stringify!($kind),
                include_str!(concat!(
                    env!("CARGO_MANIFEST_DIR"), "/api-spec/examples/", stringify!($id), ".", stringify!($kind), ".json"
                )),
            ),)+)*
        ];
    };
}

define_examples! {
    add_agreement_version: request response;
    add_attachment: response;
    add_calendar_version: request response;
    add_link: request response;
    add_message: request response;
    add_responsibility_version: request response;
    add_routing_rule_version: request response;
    count_tickets: response;
    create_agreement: request response;
    create_calendar: request response;
    create_category: request response;
    create_external_link: response;
    create_group: request response;
    create_mailbox: request response;
    create_organisation: request response;
    create_priority_list: request response;
    create_service: request response;
    create_system: request response;
    create_ticket: request response;
    create_user: request response;
    edit_category: request response;
    edit_group: request response;
    edit_mailbox: request response;
    edit_organisation: request response;
    edit_service: request response;
    edit_system: request response;
    edit_ticket: request response;
    edit_user: request response;
    import_tickets: response;
    intake_mail: response;
    list_agreements: response;
    list_attachments: response;
    list_calendar_days: response;
    list_calendars: response;
    list_categories: response;
    list_events: response;
    list_groups: response;
    list_imports: response;
    list_inbound_mails: response;
    list_links: response;
    list_mail_domains: response;
    list_mail_template_versions: response;
    list_mail_templates: response;
    list_mailboxes: response;
    list_members: response;
    list_messages: response;
    list_notifications: response;
    list_organisations: response;
    list_outbound_mails: response;
    list_priority_lists: response;
    list_queues: response;
    list_responsibility_versions: response;
    list_routing_rule_versions: response;
    list_services: response;
    list_sessions: response;
    list_systems: response;
    list_tickets: response;
    list_users: response;
    preview_mail_template: request response;
    refresh: request response;
    review_first_line: request response;
    set_mail_domain: request response;
    set_mail_template: request response;
    set_members: request response;
    show_agreement: response;
    show_api_info: response;
    show_calendar: response;
    show_category: response;
    show_group: response;
    show_import: response;
    show_inbound_mail: response;
    show_ledger: response;
    show_ledger_report: response;
    show_load: response;
    show_mail_template: response;
    show_mailbox: response;
    show_organisation: response;
    show_outbound_mail: response;
    show_priority_list: response;
    show_resolution: response;
    show_responsibilities: response;
    show_responsible: response;
    show_routing_rules: response;
    show_service: response;
    show_session: response;
    show_system: response;
    show_ticket: response;
    show_user: response;
    sign_in: request response;
    transition_inbound_mail: request response;
    transition_outbound_mail: request response;
    transition_ticket: request response;
    transition_tickets: request response;
    try_mailbox: response;
    try_routing_rules: request response;
    withdraw_agreement: request response;
}

/// The example of an operation's request.
pub(super) fn request(id: &str) -> Option<Value> {
    find(id, "request")
}

/// The example of an operation's answer.
pub(super) fn response(id: &str) -> Option<Value> {
    find(id, "response")
}

fn find(id: &str, kind: &str) -> Option<Value> {
    let (_, _, text) = EXAMPLES.iter().find(|(of, what, _)| *of == id && *what == kind)?;
    serde_json::from_str(text).ok()
}

#[cfg(test)]
mod tests {
    #[test]
    fn examples_are_json() {
        for (id, kind, text) in super::EXAMPLES {
            assert!(serde_json::from_str::<serde_json::Value>(text).is_ok(), "{id}.{kind}");
        }
    }
}

//! Every address of the pages, built in one place for handlers, templates and mails.
//!
//! Constants are patterns for the router (`{number}` is filled in by the function of the same name).

/// Percent-encodes one path segment or query value.
#[must_use]
pub fn encode(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            encoded.push(char::from(byte));
        } else {
            encoded.push('%');
            for half in [byte >> 4, byte & 15] {
                encoded.push(char::from_digit(u32::from(half), 16).unwrap_or('0').to_ascii_uppercase());
            }
        }
    }
    encoded
}

/// A path with a query of the pairs that have a value.
#[must_use]
pub fn with_query(path: &str, pairs: &[(&str, &str)]) -> String {
    let mut url = path.to_owned();
    let mut separator = '?';
    for (name, value) in pairs.iter().filter(|(_, value)| !value.is_empty()) {
        url.push(separator);
        url.push_str(name);
        url.push('=');
        url.push_str(&encode(value));
        separator = '&';
    }
    url
}

/// Declares addresses: a fixed one gives a constant, one with a variable a constant for the router
/// and a function that fills it in.
macro_rules! define_routes {
    ($($(#[$doc:meta])* $pattern:ident = $head:literal $(, $builder:ident($variable:ident) $(, $tail:literal)?)?;)*) => {$(
        $(#[$doc])*
        pub const $pattern: &str = concat!($head $(, "{", stringify!($variable), "}" $(, $tail)?)?);
        $(
            #[doc = concat!("The address of [`", stringify!($pattern), "`] with its variable filled in.")]
            #[must_use]
            pub fn $builder($variable: &str) -> String {
                format!("{}{}{}", $head, encode($variable), concat!("" $(, $tail)?))
            }
        )?
    )*};
}

define_routes! {
    /// The start page of the portal.
    START = "/";
    /// Signing in.
    LOGIN = "/login";
    /// Signing out (POST).
    LOGOUT = "/logout";
    /// The accessibility statement; its Swedish address is the one that others link to.
    ACCESSIBILITY = "/tillganglighet";
    /// Changing the language: `?next=` says where to go on.
    LANGUAGE = "/language/", language(tag);
    /// Reporting a fault.
    REPORT_FAULT = "/report-fault";
    /// Ordering something.
    ORDER = "/order";
    /// The requester's own tickets.
    MY_TICKETS = "/tickets";
    /// One of the requester's own tickets.
    MY_TICKET = "/tickets/", my_ticket(number);
    /// The page after filing a ticket.
    RECEIPT = "/tickets/", receipt(number), "/receipt";
    /// Answering in the own ticket (POST).
    MY_TICKET_MESSAGES = "/tickets/", my_ticket_messages(number), "/messages";
    /// "It works now" (POST).
    MY_TICKET_CLOSE = "/tickets/", my_ticket_close(number), "/close";
    /// "It still does not work".
    MY_TICKET_REOPEN = "/tickets/", my_ticket_reopen(number), "/reopen";
    /// "I no longer need help".
    MY_TICKET_CANCEL = "/tickets/", my_ticket_cancel(number), "/cancel";
    /// A file of a ticket, by its opaque id.
    ATTACHMENT = "/attachments/", attachment(id);
    /// The own profile.
    PROFILE = "/profile";
    /// Changing language, theme and shortcuts (POST).
    PROFILE_DISPLAY = "/profile/display";
    /// How staff want their mail (POST).
    PROFILE_MAIL = "/profile/mail";
    /// Changing the password (POST).
    PROFILE_PASSWORD = "/profile/password";
    /// Signing out one session (POST).
    PROFILE_SESSION_END = "/profile/sessions/", profile_session_end(id), "/end";
    /// Signing out every session but this (POST).
    PROFILE_SESSIONS_END = "/profile/end-other-sessions";

    /// Turning one's digest off by the link in it, without signing in.
    DIGEST_OFF = "/mail/digest-off/", digest_off(token);

    /// A ticket as a supplier sees it by a signed link.
    EXTERNAL = "/external/", external(token);
    /// The supplier's answer to the desk (POST).
    EXTERNAL_ANSWERS = "/external/", external_answers(token), "/answers";
    /// The supplier hands the ticket back (POST).
    EXTERNAL_RETURN = "/external/", external_return(token), "/return";
    /// A file that the supplier sees: `?id=`.
    EXTERNAL_FILE = "/external/", external_file(token), "/file";
    /// The page after handing back.
    EXTERNAL_THANKS = "/external/thanks";

    /// The workspace; leads on to the first queue.
    WORKSPACE = "/workspace";
    /// A queue or view.
    QUEUE = "/workspace/queues/", queue(code);
    /// Taking or assigning many tickets (POST).
    BULK = "/workspace/bulk";
    /// A ticket as staff see it.
    TICKET = "/workspace/tickets/", ticket(number);
    /// Reply or internal note (POST).
    TICKET_MESSAGES = "/workspace/tickets/", ticket_messages(number), "/messages";
    /// Subject, system, impact, urgency and the other facts.
    TICKET_FACTS = "/workspace/tickets/", ticket_facts(number), "/facts";
    /// Linking to another ticket (POST).
    TICKET_LINKS = "/workspace/tickets/", ticket_links(number), "/links";
    /// Making a link for the supplier that has it (POST).
    TICKET_EXTERNAL_LINKS = "/workspace/tickets/", ticket_external_links(number), "/external-links";
    /// Judging whether the first line could have solved it (POST).
    TICKET_REVIEW = "/workspace/tickets/", ticket_review(number), "/review";
    /// An action of the lifecycle (GET the form, POST the action): `?action=escalate`.
    TICKET_ACTION = "/workspace/tickets/", ticket_action(number), "/action";
    /// Mail that waits for a look.
    MAIL = "/workspace/mail";
    /// One message that came in, by opaque id.
    MAIL_SHOWN = "/workspace/mail/", mail_shown(id);
    /// What a person makes of it (POST): `action`.
    MAIL_ACTION = "/workspace/mail/", mail_action(id), "/action";
    /// Its HTML, for a frame.
    MAIL_HTML = "/workspace/mail/", mail_html(id), "/html";
    /// The message as it came.
    MAIL_ORIGINAL = "/workspace/mail/", mail_original(id), "/original";
    /// A file that came with it: `?place=`.
    MAIL_FILE = "/workspace/mail/", mail_file(id), "/file";
    /// Registering a phone call.
    NEW_CALL = "/workspace/calls/new";
    /// Adding a person who calls and isn't known.
    NEW_CONTACT = "/workspace/calls/new-person";
    /// Tickets that other lines than the first solved.
    REVIEWS = "/workspace/reviews";
    /// How much lies with each group and person.
    LOAD = "/workspace/load";
    /// Searching tickets.
    SEARCH = "/workspace/search";
    /// The list of keyboard shortcuts.
    SHORTCUTS = "/workspace/shortcuts";
    /// The resolution table.
    RESOLUTION_REPORT = "/workspace/reports/resolution";
    /// The ledgers of many tickets, added up.
    LEDGER_REPORT = "/workspace/reports/ledger";
    /// The resolution table as a file for spreadsheets.
    RESOLUTION_CSV = "/workspace/reports/resolution.csv";
    /// The resolution table as a file for programs.
    RESOLUTION_JSON = "/workspace/reports/resolution.json";

    /// The administration.
    ADMIN = "/admin";
    /// People.
    PEOPLE = "/admin/people";
    /// Adding a person.
    NEW_PERSON = "/admin/people/new";
    /// One person, by opaque id.
    PERSON = "/admin/people/", person(id);
    /// Organisations.
    ORGANISATIONS = "/admin/organisations";
    /// Adding an organisation.
    NEW_ORGANISATION = "/admin/organisations/new";
    /// One organisation.
    ORGANISATION = "/admin/organisations/", organisation(code);
    /// Groups.
    GROUPS = "/admin/groups";
    /// Adding a group.
    NEW_GROUP = "/admin/groups/new";
    /// One group and its members.
    GROUP = "/admin/groups/", group(code);
    /// Adding or removing a group's member (POST).
    GROUP_MEMBERS = "/admin/groups/", group_members(code), "/members";
    /// Categories.
    CATEGORIES = "/admin/categories";
    /// Adding a category.
    NEW_CATEGORY = "/admin/categories/new";
    /// One category.
    CATEGORY = "/admin/categories/", category(code);
    /// Services.
    SERVICES = "/admin/services";
    /// Adding a service.
    NEW_SERVICE = "/admin/services/new";
    /// One service.
    SERVICE = "/admin/services/", service(code);
    /// Systems.
    SYSTEMS = "/admin/systems";
    /// Adding a system.
    NEW_SYSTEM = "/admin/systems/new";
    /// One system.
    SYSTEM = "/admin/systems/", system(code);
    /// What the desk has decided.
    POLICIES = "/admin/policies";
    /// Calendars.
    CALENDARS = "/admin/policies/calendars";
    /// Adding a calendar.
    NEW_CALENDAR = "/admin/policies/calendars/new";
    /// One calendar, its versions and a year of it; taking back a version (POST).
    CALENDAR = "/admin/policies/calendars/", calendar(code);
    /// A new version of a calendar.
    CALENDAR_CHANGE = "/admin/policies/calendars/", calendar_change(code), "/change";
    /// The routing rules and their versions; taking back a version, moving a rule (POST).
    RULES = "/admin/policies/rules";
    /// Adding a rule.
    NEW_RULE = "/admin/policies/rules/new";
    /// Changing, moving, pausing or removing a rule.
    RULE_CHANGE = "/admin/policies/rules/", rule_change(id), "/change";
    /// The priority list and its versions; taking back a version (POST).
    PRIORITY_LIST = "/admin/policies/priority-list";
    /// A new decision on the priority list.
    PRIORITY_LIST_CHANGE = "/admin/policies/priority-list/change";
    /// Agreements.
    AGREEMENTS = "/admin/policies/agreements";
    /// Adding an agreement.
    NEW_AGREEMENT = "/admin/policies/agreements/new";
    /// One agreement and its versions; ending it and taking back a version (POST).
    AGREEMENT = "/admin/policies/agreements/", agreement(code);
    /// A new version of an agreement.
    AGREEMENT_CHANGE = "/admin/policies/agreements/", agreement_change(code), "/change";
    /// The responsibility matrix and its versions; taking back a version (POST).
    RESPONSIBILITIES = "/admin/policies/responsibilities";
    /// Changing a row of the matrix or adding one.
    RESPONSIBILITY_ROW = "/admin/policies/responsibilities/row";
    /// Naming a support level or an activity of the matrix, or adding one.
    RESPONSIBILITY_WORD = "/admin/policies/responsibilities/word";
    /// Adding a party to the matrix.
    NEW_PARTY = "/admin/policies/responsibilities/parties/new";
    /// A party of the matrix: its group, or where to turn.
    PARTY = "/admin/policies/responsibilities/parties/", party(code);
    /// Importing tickets.
    IMPORT = "/admin/import";
    /// One import: progress and outcome.
    IMPORT_RUN = "/admin/import/", import_run(id);
    /// All mail that came in.
    INCOMING_MAIL = "/admin/mail/incoming";
    /// Background jobs.
    JOBS = "/admin/jobs";
    /// Trying a job again (POST).
    JOB_RETRY = "/admin/jobs/", job_retry(id), "/retry";
    /// E-mail: mailboxes, mail domains, addresses that mail came back from.
    MAIL_SETTINGS = "/admin/mail";
    /// Adding a mailbox.
    NEW_MAILBOX = "/admin/mail/mailboxes/new";
    /// A mailbox: how it is (GET); trying it, switching it, removing it (POST).
    MAILBOX = "/admin/mail/mailboxes/", mailbox(code);
    /// Changing a mailbox.
    MAILBOX_CHANGE = "/admin/mail/mailboxes/", mailbox_change(code), "/change";
    /// Adding and removing mail domains (POST).
    MAIL_DOMAINS = "/admin/mail/domains";
    /// Letting mail go to an address again (POST).
    BOUNCED_ADDRESSES = "/admin/mail/bounced";
    /// The texts of mails.
    MAIL_TEMPLATES = "/admin/mail/templates";
    /// One text in one language: `answered-sv`.
    MAIL_TEMPLATE = "/admin/mail/templates/", mail_template(key);
    /// Mails that went out, are to, or didn't.
    OUTGOING_MAILS = "/admin/mail/outgoing";
    /// What is to become of one that was given up (POST).
    OUTGOING_MAIL = "/admin/mail/outgoing/", outgoing_mail(id);

    /// The readable API documentation.
    API_DOCS = "/api/docs";
    /// The OpenAPI document.
    OPENAPI = "/api/v1/openapi.json";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variables_are_encoded_into_their_pattern() {
        assert_eq!(RECEIPT, "/tickets/{number}/receipt");
        assert_eq!(receipt("INC-1039"), "/tickets/INC-1039/receipt");
        assert_eq!(queue("å/b"), "/workspace/queues/%C3%A5%2Fb");
        assert_eq!(START, "/");
    }

    #[test]
    fn empty_values_leave_the_query() {
        assert_eq!(
            with_query(SEARCH, &[("q", "e-post & mer"), ("cursor", ""), ("status", "new")]),
            "/workspace/search?q=e-post%20%26%20mer&status=new"
        );
        assert_eq!(with_query(SEARCH, &[("q", "")]), SEARCH);
    }
}

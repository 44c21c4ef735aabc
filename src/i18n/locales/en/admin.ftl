### The administration and the API documentation.

## Places
admin-people = People
admin-people-about = Add, change, roles, memberships, passwords
admin-organisations = Organisations
admin-organisations-about = Municipalities, departments, units and companies
admin-groups = Groups
admin-groups-about = Resolver groups in three lines and external ones, with members
admin-categories = Categories
admin-categories-about = What tickets are about
admin-services = Services
admin-services-about = The service catalogue with the base functions
admin-systems = Systems
admin-systems-about = Business systems
admin-import = Import tickets
admin-import-about = Bring in the history of another system
admin-jobs = Background jobs
admin-jobs-about = Jobs that have failed

## People
person-add = Add a person
person-search = Find a person
person-none = Nobody fits.
person-roles = Roles
person-roles-none = The person has no roles.
person-role-add = Add a role
person-memberships = Memberships
person-memberships-none = The person belongs to no organisation.
person-membership-add = Add a membership
person-password-set = Set a new password
admin-column-action = Action

## Organisations, groups, catalogue
organisation-add = Add an organisation
organisations-none = There are no organisations yet.
group-add = Add a group
group-members = Members
group-members-none = The group has no members.
group-member-add = Add a member
groups-none = There are no groups yet.
category-add = Add a category
service-add = Add a service
system-add = Add a system
catalogue-none = The list is empty.

## Import
import-file = File
import-file-hint = CSV or JSON Lines, UTF-8
import-mode = What should happen?
import-mode-check = Only check
import-mode-check-hint = Reads the file and shows the errors. Nothing is stored.
import-mode-import = Import
import-mode-import-hint = Stores every row, or none if any row has an error.
import-start = Read the file
import-run-title = Import of { $file }
import-runs = Earlier imports
import-runs-none = Nothing has been imported yet.
import-rows-read = { $count ->
    [one] { $count } row read
   *[other] { $count } rows read
}
import-leave = You may leave the page. The import goes on.
import-another = Import another file
import-refused = { $count ->
    [one] { $count } row has an error. Nothing was imported.
   *[other] { $count } rows have errors. Nothing was imported.
}
import-running = The file is being read …
import-done = { $count ->
    [one] { $count } ticket is imported.
   *[other] { $count } tickets are imported.
}
import-refused-rows = Rows with errors
import-row = Row
import-column = Column
import-reason = Error
import-created = New organisations
import-refresh-off = Stop reloading the page
import-queued = The file waits for its turn …
import-checked = { $count ->
    [one] { $count } row is checked and without errors. Nothing was stored.
   *[other] { $count } rows are checked and without errors. Nothing was stored.
}
import-failed = The import broke off. It is tried again by itself; nothing gets doubled.
import-file-wrong = The file can't be read. Nothing was imported.
import-file-empty = The file is empty.
import-file-not-utf8 = The file isn't stored in UTF-8. Store it in UTF-8 and try again.
import-file-missing-columns = Columns that are missing: { $columns }.
import-file-unknown-columns = Columns that an import doesn't have: { $columns }.
import-file-repeated-columns = Columns that stand there several times: { $columns }.
import-rows = Rows in the file
import-skipped = Taken over before
import-new-categories = New categories
import-new-services = New services
import-new-systems = New systems
import-new-groups = New groups
import-new-people = New people
import-more-errors = Another { $count } errors aren't shown.

## What is wrong with a row: the column stands before it
import-fault-required = is missing
import-fault-required-when-resolved = is missing, but the ticket is resolved
import-fault-not-a-choice = “{ $found }” is none of the values allowed
import-fault-not-an-instant = “{ $found }” is no date and time such as 2026-03-01T09:30:00+01:00
import-fault-in-future = { $found } lies in the future
import-fault-too-early = { $found } lies before 1970
import-fault-before-opened = { $found } lies before openedAt
import-fault-before-resolved = { $found } lies before resolvedAt
import-fault-closed-not-resolved = is given, but resolvedAt is empty
import-fault-not-an-address = “{ $found }” is no e-mail address
import-fault-too-long = is longer than { $found } characters
import-fault-control-character = “{ $found }” holds a control character
import-fault-duplicate = “{ $found }” stands in an earlier row too
import-fault-not-utf8 = isn't UTF-8
import-fault-field-count = has the wrong number of values ({ $found })
import-fault-not-json = is no JSON object on one line: { $found }
import-fault-wrong-type = is neither text, a number nor null
import-fault-unknown-column = “{ $found }” is no column of an import
import-fault-repeated-column = is given twice
import-fault-too-large = is larger than { $found } bytes; in a CSV file a quotation mark may be missing at the end of a value

## Jobs
jobs-lead = Jobs that have failed so often that they are not tried again by themselves.
jobs-none = No jobs have failed.
job-kind = Job
job-failed = Failed
job-attempts = Attempts
job-error = Error
job-retry = Try again

## API documentation
api-title = API documentation
api-document = The document for machines:
api-groups = Groups of operations
api-parameters = Parameters
api-body = Body to send
api-answers = Answers
api-problems = Problems that are answered
api-schemas = Schemas
api-required = (required)

## Mail
admin-mail-templates = Mail texts
admin-mail-templates-about = What the mails say
admin-outgoing = Outgoing mail
admin-outgoing-about = Mail that was sent, waits or failed
template-name = Mail
template-language = Language
template-subject = Subject
template-body = Text
template-body-hint = Paragraphs are parted by an empty line. A line “Label: address” becomes a button, lines after “--” become small print.
template-state = State
template-changed = Changed
template-delivered = As delivered
template-save = Save the text
template-test = Send a sample to me
template-reset = Take the delivered text back
template-names = Names that can be used
template-preview = Preview
template-preview-link = Show the mail as it is saved
template-history = History
template-history-none = The text has never been changed.
template-changed-at = When
template-changed-by = Who
template-was-reset = The delivered text was taken back
template-fault-unknown = Line { $line }: there is no name { $name }. See the names above.
template-fault-syntax = Line { $line }: { $detail }
template-fault-empty = Write something
template-fault-too-long = The text is too long
template-fault-lines = The subject must be a single line
outgoing-lead = What the mails say isn’t kept here. A mail that was given up can be sent again.
outgoing-search = E-mail address or ticket number
outgoing-none = No mail
outgoing-at = Made
outgoing-template = Mail
outgoing-recipient = To
outgoing-ticket = Ticket
outgoing-state = State
outgoing-again = Send again
outgoing-give-up = Never send
outgoing-waiting = Waiting
outgoing-sent = Sent
outgoing-suppressed = Left out
outgoing-dead = Given up
outgoing-reason-person-cap = too many to one person within an hour
outgoing-reason-ticket-cap = too many about one ticket within an hour
outgoing-reason-bounced = the address doesn’t take mail
outgoing-reason-no-right = the recipient may not see it
outgoing-reason-disabled = the account isn’t used
outgoing-reason-sending-off = no sender is set up
outgoing-reason-empty = nothing was left to tell
outgoing-reason-given-up = somebody decided so

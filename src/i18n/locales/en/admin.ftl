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

## Routing rules and the priority list
words-and = { $first } and { $last }
words-or = { $first } or { $last }
policy-at-once-hint = Leave empty to let it hold at once.
policies-rules = Routing rules
policies-rules-about = Which group, category and priority new tickets get, tried on tickets of the past
policies-priority-list = Priority list
policies-priority-list-about = Society-critical systems and how much a fault in them rises, as management has decided
rule = Rule
rules-none = There are no rules. The responsibility matrix and the intake group decide where tickets go.
rules-from = Rules from { $date }
rules-how-told = Each new ticket is tried against the rules from the top down. All that fit decide something, and the last has the last word.
rule-add = Add rule
rule-change-of = Change the rule { $name }
rule-when = When
rule-then = Then
rule-move = Move
rule-up = Up
rule-down = Down
rule-resting = Rests
rule-removed = Remove the rule
rule-always = Always
rule-if-kind = the kind is { $name }
rule-if-channel = the ticket came by { $name }
rule-if-organisation = the organisation is { $name } or belongs to it
rule-if-service = the service is { $name }
rule-if-system = the system is { $name }
rule-if-category = the category is { $name }
rule-if-level = the equipment is { $name }
rule-if-activity = it is about { $name }
rule-if-base-function = the service is a base function
rule-if-no-base-function = the service is no base function
rule-if-priority = the priority is { $name }
rule-if-words = the text has any of the words { $words }
rule-sets-group = group { $name }
rule-sets-category = category { $name }
rule-sets-priority = priority { $name }
rule-sets-agreement = agreement { $name }
rule-stops = Then no more rules are tried.
rule-no-category = no category
rule-no-agreement = agreement by its conditions
rule-name-hint = What the ticket's history says, for example Wireless network to Network.
rule-conditions = When does the rule hold?
rule-conditions-hint = All that you fill in must fit. What you leave empty doesn't matter.
rule-any = Doesn't matter
rule-organisation = Organisation, with all that belongs to it
rule-base-function = The service is a base function
rule-level = Equipment
rule-words = Any of the words is in the text
rule-words-hint = One word a line. “wifi” finds just that word, “print*” all words that begin so.
rule-highest = Priority, at the highest
rule-lowest = Priority, at the lowest
rule-effects = What does the rule decide?
rule-unset = Doesn't change
rule-set-group = Give the ticket to group
rule-set-category = Set category
rule-set-priority = Set priority
rule-set-agreement = Set agreement
rule-after = Then
rule-stop = Try no more rules
rule-order = Where in the order?
rule-place = Place
rule-first = First
rule-after-other = After { $name }
rule-from-when = When and why?
rule-period = Tried on tickets from
rule-period-last = Last quarter
rule-period-this = The quarter so far
rule-try = Try on tickets of the past
rule-tried = What would have happened
rule-tried-shown = Nothing is stored yet. See what the change would have done, and choose “Let it hold” if that is right.
rule-tried-nothing = No tickets came in during the period, so there is nothing to try on. The change can begin to hold all the same.
rule-tried-tickets = Tickets tried
rule-tried-capped = The period has more. Only the first were tried.
rule-tried-moved = Would have got another group
rule-tried-recategorised = Would have got another category
rule-tried-reprioritised = Would have got another priority
rule-tried-agreement = Would have got another agreement
rule-tried-unchanged = Would have been as they are
rule-moves = Tickets that would have changed group
rule-moves-none = No ticket would have changed group.
rule-from-group = From group
rule-to-group = To group
rule-tickets = Tickets
rule-examples = Examples to look at
rule-ticket = Ticket
rule-by-present = By today's rules
rule-by-proposed = With the change
rule-never-holds = “{ $rule }” is never used, as “{ $by }” stops at all that it holds for. Change their places or the conditions.
list-none = No priority list is decided. Tickets get their priority by impact and urgency.
list-how-told = A fault report about a system on the list gets a higher priority by the system's class. The ticket tells why.
list-change = Enter a new decision
list-decided-on = Decided on
list-decided-by = Decided by
list-decided-by-hint = Whoever decided, for example the chief executive.
list-registration = Registration number
list-systems = Systems on the list
list-from = The list from { $date }
list-place = Place
list-class = Class
list-raises = A fault rises
list-raised = { $steps ->
    [0] Not at all
    [1] One step
    [2] Two steps
   *[other] { $steps } steps
}
list-row = Row { $row }
list-rows-hint = Place 1 is restored first. Leave the place empty to put the system last, and choose “No system” to remove it. There are always three empty rows at the end: preview to get more.
list-no-system = No system
list-preview = The list as it will be
list-preview-shown = This is the list as it will be. Nothing is stored yet: check it and choose “Let it hold”.
list-compared = Against the list in force
list-new = New
list-same = As now
list-was = Was place { $place }, class { $class }
list-gone = Removed from the list
## Mail
admin-mail-templates = Mail texts
admin-mail-templates-about = Change, preview and try what outgoing mail says
admin-outgoing = Outgoing mail
admin-outgoing-about = Mail that was sent, waits or failed
template-name = Mail
template-language = Language
template-subject = Subject
template-body = Text
template-body-hint = Paragraphs are parted by an empty line. A line “Label: address” becomes a button if the address belongs to Ärende, lines after “--” become small print.
template-state = State
template-changed = Changed
template-delivered = As delivered
template-save = Save the text
template-test = Send a sample to me
template-reset = Take the delivered text back
template-names = Names in the text
template-preview = How the mail reads
template-history = History
template-history-none = The text has never been changed.
template-changed-at = When
template-changed-by = Who
template-was-reset = The delivered text was taken back
template-fault-unknown = Line { $line }: there is no name { $name }. The names that can be used stand with the text.
template-fault-syntax = Line { $line }: { $detail }
template-fault-lines = The subject must be a single line.
outgoing-lead = What the mails say isn’t kept here. A mail that was given up can be sent again.
outgoing-search = E-mail address or ticket number
outgoing-none = No mail fits what you look for. Change the search or the state.
outgoing-not-set-up = No mail is written, as no mail server is set. Whoever runs the system sets mail.smtp_host.
outgoing-none-yet = No mail has been written yet. The first comes when something happens in a ticket.
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
outgoing-waiting-after = Waits for another attempt. What went wrong: { $error }
outgoing-dead-after = Given up. What went wrong: { $error }
outgoing-reason-person-cap = too many to one person within an hour
outgoing-reason-ticket-cap = too many about one ticket within an hour
outgoing-reason-bounced = the address doesn’t take mail
outgoing-reason-no-right = the recipient may not see it
outgoing-reason-disabled = the account isn’t used
outgoing-reason-sending-off = no sender is set up
outgoing-reason-empty = nothing was left to tell
outgoing-reason-given-up = somebody decided so
outgoing-reason-acknowledged = the sender was told a moment ago, or often within the day
policy-written-at = Written

# Mail texts: looking at them and trying them.
templates-lead = Each mail has a text in Swedish and one in English. The recipient’s language decides which is sent.
template-names-hint = A name gives way to what the ticket says when the mail is sent. Preview it with an invented ticket.
template-preview-do = Preview
template-previewed = This is how the mail reads for an invented ticket. The text is not saved yet.
template-stored = The text as it is saved
template-test-sent = The sample was sent to { $to }.
template-test-not-set-up = Nothing was sent, since no mail server or no sender is set up. Whoever runs the system sets mail.smtp_host and mail.from.
template-test-refused = The mail server refuses the mail to { $to }. Check the sender (mail.from) and the recipient’s address.
template-test-not-taken = The mail server couldn’t be reached, didn’t let us in or can’t take the mail now. Check server, port, encryption and account (mail.smtp_…) and try again.
template-test-said = The server says: { $said }

# A version that has held all along.
policy-from-the-beginning = From the beginning

### Words that every page shares.

## Around every page
skip-content = Skip to content
skip-search = Skip to search
skip-list = Skip to the queue
skip-facts = Skip to facts
title-error = Error: { $title }
nav-main = Main menu
nav-start = Start
nav-my-tickets = My tickets
nav-profile = My profile
nav-workspace = Workspace
nav-queues = Queues
nav-reports = Reports
nav-admin = Administration
nav-new-call = New call
nav-shortcuts = Keyboard shortcuts
nav-api = API documentation
nav-logout = Sign out
footer-phone = Call { $phone }.
footer-accessibility = Accessibility
back-to-start = To the start page

## Dates and durations
time-today = today
time-yesterday = yesterday
time-tomorrow = tomorrow
time-months = Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec
time-day = day
time-days = days
time-hours = h
time-minutes = min

## Parts of pages
button-busy = Sending …
form-save = Save
form-cancel = Cancel
form-remove = Remove
field-optional = (optional)
error-prefix = Error:
error-summary = { $count ->
    [one] Correct { $count } error and try again
   *[other] Correct { $count } errors and try again
}
counter-limit = { $max } characters at most
counter-left = # characters left
counter-over = # characters too many
pager-label = Pages
pager-first = To the first page
pager-next = Next page
files-label = Files
steps-label = The ticket’s way
step-done = Done:
message-note = Internal note
message-note-readers = Only staff can read it

## Choices
choice-all = All
choice-none = None chosen
choice-choose = Choose
choice-unchanged = As it is
choice-nobody = No person
choice-unknown = Don’t know
choice-yes = Yes
choice-no = No
choice-active = In use
choice-inactive = Not in use
choice-everywhere = Everywhere

## Status, priority and other codes
status-new = New
status-assigned = Assigned
status-in-progress = In progress
status-waiting = Waiting
status-resolved = Resolved
status-closed = Closed
status-cancelled = Cancelled
priority-1 = P1 Critical
priority-2 = P2 High
priority-3 = P3 Normal
priority-4 = P4 Low
kind-incident = Fault report
kind-request = Order
kind-problem = Problem
kind-change = Change
channel-portal = Web
channel-email = E-mail
channel-phone = Phone
channel-alarm = Alarm
channel-api = API
channel-other = Other
line-1 = First line
line-2 = Second line
line-3 = Third line
line-external = External resolver
impact-1 = The whole operation
impact-2 = Several people
impact-3 = One person
urgency-1 = Can’t work
urgency-2 = Can work partly
urgency-3 = Can work
metric-first-response = first response
metric-resolution = resolution
metric-time-in-group = time in group
waiting-requester = An answer from the requester
waiting-supplier = A supplier
waiting-planned = A planned time
role-requester = Requester
role-manager = Manager
role-agent = Agent
role-group-lead = Group lead
role-problem-manager = Problem manager
role-change-manager = Change manager
role-cab-member = CAB member
role-major-incident-coordinator = Major-incident coordinator
role-organisation-representative = Customer representative
role-board = Board
role-administrator = Administrator
role-integration = Integration
organisation-municipality = Municipality
organisation-department = Department
organisation-unit = Unit
organisation-company = Company
action-take = Take the ticket
action-assign = Assign
action-escalate = Hand over to …
action-return = Hand back
action-wait = Wait
action-resume = Resume
action-resolve = Resolve
action-close = Close
action-reopen = Reopen
action-cancel = Cancel the ticket

## Fields
field-email = E-mail
field-password = Password
field-name = Name
field-phone = Phone
field-files = Add a picture or file, 20 MB at most
field-subject = Subject
field-category = Category
field-service = Service
field-system = System
field-system-question = Which system is it about?
field-organisation = Organisation
field-organisation-question = Which organisation is it about?
field-impact = Impact
field-urgency = Urgency
field-priority = Priority
field-status = Status
field-channel = Channel
field-kind = Kind of ticket
field-group = Group
field-person = Person
field-to-group = To which group?
field-why = Say why
field-reason-code = Cause
hand-over-competence = Takes other knowledge
hand-over-access = Takes other access rights
hand-over-on-site = Takes a visit
hand-over-hardware = Something has to be repaired or replaced
hand-over-supplier = The supplier has to solve it
hand-over-wrong-group = Came to the wrong group
hand-over-more-information = More has to be known
hand-over-workload = The group has no time
hand-over-done = The group's part is done
hand-over-other = Other
field-wait-for = What are you waiting for?
field-until = Until which date?
field-solution = Solution
field-solution-hint = The requester reads this.
field-relation = Relation
field-link-number = The other ticket’s number
field-link-number-hint = For example INC-1042
field-line = Line
field-role = Role
field-roles = Roles
field-role-where = Where does it apply?
field-active = In use?
field-parent = Belongs to
field-organisation-kind = Kind of organisation
field-base-function = Is it a base function?
field-base-function-hint = Faults in a base function should be solved within one working day.
field-password-first = First password
field-password-first-hint = Leave empty if the person is not to sign in.

## Columns
column-priority = Priority
column-ticket = Ticket
column-status = Status
column-due = Due
column-owner = Owner
column-organisation = Organisation
column-channel = Channel
column-opened = Opened
column-updated = Changed

## Signing in
login-title = Sign in
login-button = Sign in
login-help = Can’t sign in? Call { $phone }.
first-run-title = Get started with Ärende
first-run-lead = There are no users yet. Create the first administrator on the server:
first-run-demo = Just want to try it? Start the server with made-up data:
first-run-then = Then reload the page and sign in.
first-run-reload = Sign in

## Accessibility statement
accessibility-title = Accessibility
accessibility-lead = Everyone should be able to use { $name }, also with a screen reader, only a keyboard, magnification or voice control.
accessibility-how-title = How accessible is the website?
accessibility-how = The website is built to follow the Swedish act on accessibility to digital public services (EN 301 549, WCAG 2.2 level AA).
accessibility-gaps-title = What is not accessible?
accessibility-gaps = Pictures and files that others have added to tickets may lack a description or structure. Ask us for help reading them.
accessibility-report-title = Tell us if you find a barrier
accessibility-report = Call { $phone } or report a fault. Tell us what you wanted to do and what stopped you.
accessibility-supervision-title = Supervision
accessibility-supervision = The Agency for Digital Government, Digg, is the supervisor. If our answer doesn’t satisfy you, you can report it to them:
accessibility-tested-title = How have we tested?
accessibility-tested = The pages are tested automatically against WCAG 2.2 AA at each change, light and dark, on phone and computer. No outside party has reviewed them yet.
desk-hours = Weekdays 07:30–16:00

## What was just done
done-saved = The change is saved.
done-message-sent = The reply is sent.
done-note-saved = The note is saved.
done-ticket-changed = The ticket is changed.
done-ticket-resolved = The ticket is resolved.
done-ticket-closed = The ticket is closed. Thank you for telling us.
done-ticket-reopened = The ticket is open again.
done-ticket-cancelled = The ticket is cancelled.
done-linked = The tickets are linked.
done-external-link = The link for the supplier is made. It stands among the ticket's facts.
done-password-changed = The password is changed. All your other sessions have ended.
done-session-ended = The session has ended.
done-signed-out = You are signed out.
done-added = Added.
done-job-retried = The job runs again.
bulk-changed = { $count ->
    [one] { $count } ticket was changed.
   *[other] { $count } tickets were changed.
}
bulk-changed-some = { $changed } of { $all } tickets were changed. { $failed } failed.

## Text kept after the session ended
kept-title = Do you want to send what you wrote?
kept-lead = You wrote this before you were signed out. It has not been sent yet.
kept-files = The files do not come along. Add them to the ticket again afterwards.
kept-send = Send
kept-drop = Do not send
kept-signed-out = You were signed out. Your text is saved and is there when you sign in.

## How tickets hang together, before the other's number
link-relates-to = Belongs with
link-duplicates = Same as
link-duplicated-by = Also reported in
link-caused-by = Caused by
link-causes = Causes
link-part-of = Part of
link-has-part = Has part

## What happened to a ticket, after the name of who did it
person-unknown = Unknown person
message-via = via { $channel }
message-registered = registered by { $name }, { $channel }
event-by-itself = The system
event-imported = { $what } (imported from another system)
event-opened = filed the ticket, { $channel }
event-opened-for = registered the ticket for { $name }, { $channel }
event-taken = took the ticket
event-taken-from = took the ticket over from { $from }
event-assigned = changed who is responsible from { $from } to { $to }
event-escalated = handed over from { $from } to { $to } ({ $line })
event-returned = handed back from { $from } to { $to }
event-routed = gave the ticket to { $group } by responsibility and rules
event-agreement = changed the agreement that holds
event-clock-warned = noted that { $percent }% of the time for { $metric } has passed
event-clock-breached = missed the promise: { $metric }
event-because = { $what } – { $reason }
event-first-line-could = judged that the first line could have solved it
event-first-line-could-not = judged that the first line could not have solved it
event-external-link = made a link for { $group }, good until { $until }
event-mail-stranger = noted a mail from { $address } that refers to this, though the sender takes no part in it
event-mail-automatic = received an automatic reply from { $address }
event-mail-bounce = learnt that a mail to { $address } was not delivered
event-mail-loop = stopped a mail from { $address } as a loop
event-mail-spam = stopped a mail from { $address } as spam
event-mail-unreadable = could not read a mail from { $address }
event-external-answer = answered by the link
message-by-link = by the supplier's link
event-waiting = let the ticket wait for { $reason }
event-waiting-until = let the ticket wait for { $reason } until { $until }
event-wait-ended = resumed the ticket
event-wait-ended-by-answer = resumed the ticket when the answer came
event-wait-ended-by-time = resumed the ticket when the waiting time was over
event-first-responded = answered for the first time
event-resolved = resolved the ticket
event-closed = closed the ticket
event-closed-by-itself = closed the ticket, since nobody objected
event-reopened = opened the ticket again
event-cancelled = cancelled the ticket
event-subject = changed the subject from “{ $from }” to “{ $to }”
event-description-added = wrote a description
event-description = changed the description. It was:
event-service = changed the service from { $from } to { $to }
event-system = changed the system from { $from } to { $to }
event-category = changed the category from { $from } to { $to }
event-priority = changed the priority from { $from } to { $to }
event-priority-level = { $priority } (impact { $impact }, urgency { $urgency })
event-message = wrote a message
event-note = wrote an internal note
event-file = added the file { $name }
event-linked = linked to { $other } ({ $relation })
event-unlinked = removed the link to { $other } ({ $relation })
link-kind-relates-to = related
link-kind-duplicates = same thing
link-kind-caused-by = cause
link-kind-part-of = part

## Promises: how a clock stands and why

promise-running = Running
promise-paused = Paused
promise-met = In time
promise-breached = Late
promise-due = Due { $at }.
promise-met-at = Done { $from }, promised by { $to }.
promise-breached-at = Was due { $at }.
promise-paused-since = The clock stands since { $at }: waiting for { $why }.
promise-target = Time promised: { $target }.
promise-target-changed = The time promised was changed to { $target } { $at }.
promise-arrived = Arrived { $at }.
promise-arrived-closed = Arrived { $from } while closed until { $to }.
promise-closed = Closed from { $from } to { $to }.
promise-closed-often = Only opening hours count between { $from } and { $to }.
promise-paused-for = Stood still { $time } waiting for { $why }.
promise-resolved-for = { $time } between resolved and re-opened don’t count.
promise-target-minutes = { $time } of opening hours
promise-target-days =
    { $count ->
        [one] one working day
       *[other] { $count } working days
    }
promise-waiting = something
promise-waiting-you = you
promise-agreement = By the agreement “{ $name }” (holds from { $since }), chosen by { $because }.
promise-agreement-by-rule = By the agreement “{ $name }” (holds from { $since }), chosen by a routing rule.
promise-agreement-for-all = By the agreement “{ $name }” (holds from { $since }), which holds for all tickets.
condition-group = group
condition-system = system
condition-organisation = organisation
condition-service = service
condition-base-function = base function
condition-support-level = support level
condition-priority = priority
condition-kind = kind of ticket
condition-desk = desk
promise-why = Why?
due-late = { $time } late
due-left = { $time } left

## Why a ticket has its priority and lies where it lies

field-activity = What is it about
field-agreement = Agreement
routed-ranked = Impact { $impact } and urgency { $urgency } give the priority { $priority }.
routed-listed = The system has place { $place } on the priority list (class { $class }, decided { $decided } by { $by }): the priority rises from { $from } to { $to }.
routed-listed-same = The system has place { $place } on the priority list (class { $class }, decided { $decided } by { $by }); the priority is { $to } all the same.
routed-responsible = { $party } is responsible by the responsibility matrix: the ticket goes to { $group }.
routed-responsible-elsewhere = { $party } is responsible by the responsibility matrix and has no group here: the requester is told where to turn.
routed-rule = The rule “{ $rule }” chose { $changes } because { $because }.
routed-rule-always = The rule “{ $rule }” chose { $changes }.
routed-passed-over = The group { $group } takes no tickets and was passed over.
routed-intake = Nothing else decided, so { $group } has the ticket.
routed-word = the word “{ $word }” is in the text
answer-responsible = { $party } is responsible for this.
field-service-question = Which service is it about?
field-level-question = Which equipment is it about?
field-activity-question = What needs to be done?
answer-kept = Your ticket stays with the service desk until you close it.
event-support-level = changed the support level from { $from } to { $to }
event-activity = changed the task from { $from } to { $to }
event-route-advised = looked anew whose the ticket is: { $group }, by responsibility and rules
field-support-level = Support level
field-task = Task

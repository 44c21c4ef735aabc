### The workspace.

## Queues
queue-views = Queues and views
queue-count = { $count ->
    [one] { $count } ticket
   *[other] { $count } tickets
}
queue-filter = Filter
queue-filter-apply = Show
queue-filters-now = Chosen filters
queue-filter-remove = remove the filter
queue-filter-clear = Clear the filter
queue-caption = Tickets in { $name }
queue-select = Select
queue-select-all = Select all on the page
queue-updated = Updated
queue-refresh = Refresh
queue-empty = The queue is empty.
queue-no-match = No ticket fits the filter.
queue-group-mine = My views
queue-group-groups = Groups
queue-mine = Mine
queue-unassigned = Without a person
queue-waiting = Waiting
queue-all = All open
bulk-lead = Selected tickets:
bulk-picked = Selected: #
bulk-take = Take
bulk-assign = Assign

## Ticket
ticket-facts = Facts
ticket-edit = Edit
ticket-edit-title = Edit { $number }
ticket-actions = Actions
ticket-timeline = Messages and events
ticket-links = Links
ticket-link-add = Link to a ticket
ticket-link-save = Link
ticket-show-changes = Show
ticket-events = Events ({ $count })
composer-reply = Reply – { $name } can read it
composer-note = Internal note – only staff can read it
composer-send = Send
composer-send-wait = Send and wait for an answer
composer-send-resolve = Send and resolve
composer-note-save = Save the note

## Conflict
conflict-title = Someone was faster
conflict-lead = { $who } changed the ticket { $when } while you were writing. Choose what applies.
conflict-yours = Yours
conflict-now = Now
conflict-save = Save what is chosen

## Phone calls
call-title = New call
call-who = Who is calling?
call-who-hint = Name, phone or e-mail
call-search = Find the person
call-found = { $count ->
    [one] { $count } person found
   *[other] { $count } people found
}
call-none = Nobody fits. Check the spelling or add the person.
call-change = Change person
call-open = Open tickets: { $count }
call-what-happened = What happened?
call-solution-hint = Needed to resolve the ticket at once.
call-hand-over-to = Hand over to
call-save-resolve = Save and resolve
call-save-take = Save and take
call-hand-over = Save and hand over

## Search
search-title = Search tickets
search-label = Search tickets
search-placeholder = Number, words, name
search-button = Search
search-words = Words, number or name
search-results = Search results
search-none = No ticket fits the search. Try fewer words.
search-lead = Search by the ticket’s number, words in it, or the requester’s name.

## Shortcuts
shortcuts-on = Shortcuts are on.
shortcuts-off = Shortcuts are off.
shortcuts-change = Change it in your profile
shortcuts-key = Key
shortcuts-does = Does
key-list = Show this list
key-search = Search
key-call = New call
key-queues = Queues
key-mine = My tickets in the queue
key-reports = Reports
key-home = The start page
key-rows = Next and previous row
key-pick = Select the row
key-extend = Extend the selection
key-open = Open the ticket
key-back = Back to the list
key-clear = Clear the selection, leave the field
key-take = Take
key-assign = Assign
key-reply = Reply to the requester
key-note = Internal note
key-edit = Edit the facts
key-link = Link
key-refresh = Refresh the list
key-send = Send
key-send-resolve = Send and resolve

## Resolution table
report-title = Resolved tickets
report-choose = Choose what the report shows
report-show = Show
report-from = From
report-to = To
report-by = By
report-by-month = Month
report-by-quarter = Quarter
report-by-tertial = Tertial
report-by-year = Year
report-clock = Time counted
report-clock-elapsed = All time
report-clock-working = Opening hours
report-scope = Resolved by
report-scope-all = Everyone
report-scope-servicedesk = Service desk (first line)
report-finding = { $share } of the tickets were resolved within one hour, { $period }.
report-none = No tickets were resolved in the chosen time. Choose a longer time.
report-caption = Share of tickets resolved within a given time
report-period = Period
report-tickets = Tickets
report-within-1h = Within 1 h
report-within-2h = Within 2 h
report-within-1d = Within 1 day
report-within-3d = Within 3 days
report-within-1w = Within 1 week
report-definition = Tickets resolved in the period. A ticket that was reopened counts once, at its last resolution.
report-downloads = Download the table:

queue-count-more = at least { $count } tickets
ticket-back-to-list = To the list
ticket-owner-group = Owned by
ticket-waits-for = Waiting for
ticket-resolved-at = Resolved
ticket-external-id = Number in the old system
composer-answered-meanwhile = { $name } replied { $when }. Read it before you send.
contact-title = Add a new person
contact-save = Add and go on
call-reason-hint = Needed to hand the ticket over.
search-people = People
ticket-promises = Promised
ticket-routed = Why is the ticket here?

## A ticket's way through the lines
ledger-title = Way through the lines
ledger-hand-overs = { $count ->
    [0] The ticket has not been handed over.
    [one] The ticket has been handed over { $count } time.
   *[other] The ticket has been handed over { $count } times.
}
ledger-bounces = { $count ->
    [one] It came back to an earlier group { $count } time.
   *[other] It came back to an earlier group { $count } times.
}
ledger-first-line = The first line solved the ticket.
ledger-could-have = The first line could have solved the ticket.
ledger-could-not-have = The first line could not have solved the ticket.
ledger-from = From
ledger-time = Time
ledger-hours = Of which open hours
ledger-why = Ended by
ledger-lasts = Still there
ledger-queue = Nobody (in the queue)
ledger-totals = Time in all
ledger-who = With
ledger-kind = What
ledger-whole = All of it
stay-taken = Somebody took it
stay-assigned = Assigned
stay-escalated = Handed over
stay-returned = Handed back
stay-resolved = Resolved
stay-closed = Closed
stay-cancelled = Cancelled
review-question = Could the first line have solved it?
review-note = What would it have taken?
review-note-hint = A guide, an access right or a course, for example.
review-save = Save the judgement
reviews-title = Solved beyond the first line
reviews-lead = Tickets that other lines than the first have solved in the last { $days } days. Open one to judge whether the first line could have solved it.
reviews-caption = Resolved tickets, the latest first
reviews-solved-by = Resolved by
reviews-judged = Could the first line?
reviews-not-yet = Not judged
reviews-could = Yes
reviews-could-not = No
reviews-empty = No tickets have been solved by other lines.
ticket-external-create = Make a link for the supplier
ticket-external-link = Link for the supplier
ticket-external-until = Good until { $until }, as long as the ticket stays with the group.
ticket-advice = By responsibility and rules this is now a ticket for { $group }
load-title = Load
load-groups = Groups
load-people = People
load-open = Open
load-unassigned = Unassigned
load-overdue = Overdue
load-due-today = Due today
load-waiting = Waiting
load-oldest = Oldest
load-empty = There are no groups to show.
load-nobody = Nobody has an open ticket.
load-definition = Open tickets, counted { $at }. Overdue are those whose promised time to a solution has run out; a ticket that waits has no time running.
ledger-report-title = Hand-overs
ledger-report-link = Hand-overs: time in lines and groups
ledger-report-lines = Time by line
ledger-report-groups = Time by group
ledger-report-elapsed = Time per ticket
ledger-report-working = Working time per ticket
ledger-report-share = Share of working time
ledger-report-first-line = The first line solved { $first } of { $second } tickets by itself ({ $third }).
ledger-report-bounces = { $first } hand-overs, { $second } of them back to a group that had had the ticket; that happened to { $third } tickets.
ledger-report-could-have = Of the reviewed tickets that other lines solved, the first line could have solved { $first } of { $second } ({ $third }).
ledger-report-not-reviewed = None of the tickets that other lines solved has been reviewed yet.
ledger-report-definition = Counts tickets last resolved in the period, at most a year, with all the time they were open, also before the period. The first line has solved what never left it and wasn't opened again. Working time is counted by the service desk's calendar.
field-due-filter = Promise
due-overdue = Overdue
due-today = Due today

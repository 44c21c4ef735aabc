### The portal.

## Start page
start-title = What do you need help with?
start-fault-hint = Something doesn’t work as it should.
start-order-hint = Equipment, access, software, account.
start-open = My tickets ({ $count } open)
start-all = Show all my tickets

## Report a fault, order
report-fault-title = Report a fault
fault-what = What is not working?
fault-what-hint = Keep it short, for example “E-mail doesn’t start”.
fault-description = Describe what you did and what happened.
fault-affected = Who is affected?
fault-affected-me = Only me
fault-affected-several = Several
fault-affected-unknown = Don’t know
fault-able = Can you still work?
fault-able-yes = Yes
fault-able-partly = Partly
fault-able-no = No
fault-send = Send the report
fault-after = Is it urgent? Call { $phone }.
order-title = Order something
order-what = What do you want to order?
order-what-hint = Keep it short, for example “New screen, floor 3”.
order-description = Describe what you need.
order-description-hint = Say who it is for, when it is needed and where to deliver it.
order-send = Send the order

## Receipt
receipt-title = We have received your ticket { $number }.
receipt-next-title = What happens now
receipt-next-read = The service desk reads it today if it is open, otherwise the next working day.
receipt-next-answer = You see here in the portal when we answer or need to know more.
receipt-open = Show the ticket
receipt-contact = Is it urgent? Call { $phone }.

## My tickets
my-tickets-which = Which tickets
my-tickets-open = Open
my-tickets-closed = Finished
my-tickets-none-open = You have no open tickets.
my-tickets-none-closed = You have no finished tickets.
my-tickets-updated = changed
my-tickets-finished = finished
my-ticket-waits = Waiting for your answer
my-ticket-answer = Write a reply
my-ticket-solved-title = Is it solved?
my-ticket-close = It works now – close the ticket
my-ticket-messages = Messages
my-ticket-reply = Write a reply
my-ticket-reply-label = Your reply
my-ticket-history = All that has happened ({ $count })
my-ticket-owner = With
my-ticket-opened = Opened
my-ticket-kind = Kind
my-ticket-system = System
my-ticket-solution = Solution
reply-send = Send the reply
reopen-title = It still does not work
reopen-reason = Describe what still does not work.
reopen-send = Reopen the ticket

## Profile
profile-display-title = Language and appearance
profile-language = Language
profile-theme = Appearance
profile-theme-system = Like the device
profile-theme-light = Light
profile-theme-dark = Dark
profile-shortcuts = Single-key shortcuts
profile-shortcuts-hint = In the workspace. Turn them off if you use voice control.
profile-shortcuts-on = On
profile-shortcuts-off = Off
profile-password-title = Password
profile-password-current = Present password
profile-password-new = New password
profile-password-hint = At least { $shortest } characters. A sentence of a few words is easy to remember and hard to guess.
profile-password-save = Change the password
profile-sessions-title = Sign-ins
profile-sessions-lead = Don’t recognise a sign-in? Sign it out and change your password.
profile-session-device = Device
profile-session-used = Last used
profile-session-action = Action
profile-session-this = This one
profile-session-end = Sign out
profile-sessions-end = Sign out all the others
profile-organisations = Organisations

start-notices = New since last time
notice-answered = New reply
notice-waiting = Waiting for your answer
notice-resolved = Resolved
notice-reopened = Opened again
notice-assigned = Assigned to you
notice-critical = Critical ticket
notice-registered = Registered for you
notice-due-soon = Soon due
notice-overdue = Overdue
fault-affected-workplace = The whole workplace
my-ticket-until = Waiting until
cancel-title = I no longer need help
cancel-reason = Enter why the ticket is no longer needed.
cancel-send = Cancel the ticket
cancel-keep = Keep the ticket
login-again = Sign in again. The page was open too long, or the browser does not take cookies.
login-wrong = The e-mail address or the password is not right
profile-session-api = Program: { $program }
profile-session-unknown = Unknown device
my-ticket-promises = What have we promised?

## A supplier's link
external-lead = The ticket lies with { $group }.
external-until = The link is good until
external-own = your answer
external-answer-title = Answer the service desk
external-answer-label = What do you want to ask or tell?
external-answer-hint = Only the service desk reads it, not the person who reported the matter.
external-send = Send the answer
external-return-title = Hand the ticket back
external-return-label = What have you done, or why can't you solve it?
external-return-hint = Don't write about individuals. The person who reported the matter can read it.
external-done = Done – hand back
external-cannot = Can't be solved by us
external-thanks-title = Thank you, the ticket is back at the service desk
external-thanks = The link is no longer good. You get a new one if the ticket is handed to you again.
external-again = The page had been open for too long. What you wrote is still here: send it once more.
external-forged-title = The link leads nowhere
external-forged = Check that you have the whole address. If that doesn't help, call the service desk at { $phone } and ask for a new link.
external-over-title = The link is no longer good
external-over = Its time has run out, the ticket is settled, or it no longer lies with you. Call the service desk at { $phone } if you have questions or need a new link.

## Mail
profile-mail-title = E-mail
profile-mail-lead = For mail about tickets you work with. Answers to your own tickets always come at once.
profile-mail-digest = Summary
profile-mail-off = One e-mail for each event
profile-mail-hourly = A summary every hour
profile-mail-daily = A summary once a day
profile-mail-digest-at = Time of the daily summary
profile-mail-quiet-from = No e-mail from
profile-mail-quiet-hint = What comes during that time is sent when it is over.
profile-mail-quiet-until = No e-mail until
digest-off-title = Turn the summary off
digest-off-lead = You then get one e-mail for each event instead. You can turn it on again in your profile.
digest-off-button = Turn the summary off
digest-off-done = The summary is turned off.
notice-undelivered = Our e-mail was not delivered

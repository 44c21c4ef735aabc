### What went wrong.

## Error pages
failure-not-found-title = Page not found
failure-not-found = The page does not exist, or you may not see it.
failure-conflict-title = That was not possible now
failure-conflict = What you were about to change has changed since you opened the page. Go back, reload and try again.
failure-too-large-title = The file is too large
failure-too-large = The file is larger than 20 MB. Choose a smaller one.
failure-expired-title = The page was open too long
failure-expired = Go back, reload the page and send again. Nothing was saved.
failure-malformed-title = We didn’t understand what was sent
failure-malformed = Go back and try again. Nothing was saved.
failure-too-many-title = Too many attempts
failure-too-many = { $seconds ->
    [one] Wait { $seconds } second and try again.
   *[other] Wait { $seconds } seconds and try again.
}
failure-internal-title = Something went wrong with us
failure-internal = We can’t show this page now. Call { $phone } if it is urgent.
failure-unavailable-title = The service is resting for a moment
failure-unavailable = We can’t show this page now. Try again in a minute. Call { $phone } if it is urgent.
failure-id = Error number:

## What is wrong with a field
error-required = Fill this in
error-required-subject = Enter in a few words what it is about
error-required-description = Enter a description
error-required-body = Enter a message
error-required-reason = Enter why
error-required-solution = Enter how the ticket was resolved
error-required-email = Enter the e-mail address
error-required-name = Enter the name
error-required-password = Enter the password
error-required-affected = Choose who is affected
error-required-able = Choose whether you can work
error-required-organisation = Choose an organisation
error-required-group = Choose a group
error-required-person = Choose a person or a group
error-required-for = Choose what you wait for
error-required-date = Enter a date
error-required-kind = Choose the type of ticket
error-required-target = Enter the ticket's number
error-required-file = Choose a file
error-required-tickets = Choose at least one ticket
error-too-long = Enter at most { $limit } characters
error-too-short = Enter at least { $limit } characters
error-control-character = Remove characters that cannot be shown
error-malformed = The text has the wrong form
error-malformed-email = Enter the address like name@example.se
error-malformed-phone = Enter the number in digits, for example 0123-45 67 00
error-malformed-code = Use only a–z, digits and hyphens
error-malformed-date = Enter the date like 2026-11-26
error-malformed-search = Enter at least one word or a ticket number
error-unknown = The choice no longer exists. Choose another
error-unknown-ticket = There is no ticket with that number
error-unknown-person = There is no such person
error-out-of-range = Choose one of the options
error-too-many-tickets = Choose at most 100 tickets
error-taken = It is already used
error-taken-email = The address is already used
error-not-allowed = It cannot be chosen here
error-person-without-group = The person belongs to no group
error-group-elsewhere = The group belongs to another department
error-passed = Choose a time that has not passed
error-guessable = The password is easy to guess. Choose another
error-wrong-password = The password is not right
error-file-too-large = The file is larger than { $size }. Choose a smaller one
error-file-type = The file is a program. Add it as a picture or document
error-files-again = Choose the files again

## Why something could not be done
refused-not-found = The ticket does not exist, or you may not change it.
refused-wrong-status = It is not possible in the ticket's present state.
refused-settled = The ticket is finished.
refused-same-group = The ticket is with that group already.
refused-needs-escalation = The group is in another line. Hand the ticket over instead.
refused-needs-return = The group owns the ticket. Hand it back instead.
refused-link-to-itself = A ticket cannot be linked to itself.
refused-nothing-to-review = Only a ticket that another line than the first has solved can be reviewed.
refused-not-external = The ticket does not lie with a supplier. Hand it over to one first.
refused-stale = Someone else changed the ticket meanwhile.
refused-stale-record = Someone else changed this while you were writing. Open the page again and repeat the change.
refused-exists = It exists already.
refused-sent-before = It has been sent already.
refused-invalid = The person or group does not fit the ticket.
refused-not-now = It did not work just now. Try again.

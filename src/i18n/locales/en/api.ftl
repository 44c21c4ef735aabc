### The answers of the REST API when something is wrong.

## Problems: a title for the kind, a sentence for the case
problem-invalid-title = Fields have wrong values
problem-invalid = { $count ->
    [one] Correct the field listed in errors and send it again.
   *[other] Correct the { $count } fields listed in errors and send it again.
}
problem-not-found-title = Not found
problem-not-found = What is asked for does not exist, or you may not see it.
problem-forbidden-title = Not permitted
problem-forbidden = Your roles do not permit this.
problem-unauthenticated-title = Not signed in
problem-unauthenticated = Send a valid access token in the Authorization header. It may have expired: get a new one then.
problem-wrong-credentials-title = Wrong credentials
problem-wrong-credentials = The e-mail address or the password is wrong.
problem-locked-out-title = Too many attempts
problem-locked-out = { $seconds ->
    [one] Wait { $seconds } second and try again.
   *[other] Wait { $seconds } seconds and try again.
}
problem-refused-title = Not possible as the ticket stands
problem-wrong-status = The ticket's status does not allow this. What you can do now is listed in allowedActions.
problem-settled = The ticket is closed or cancelled and cannot be changed.
problem-same-group = The ticket lies with that group already.
problem-needs-escalation = The group stands in another line. Use escalate and say why.
problem-needs-return = The group owns the ticket. Use return and say why.
problem-until-passed = That time has passed already.
problem-until-missing = Say until when the ticket is to wait.
problem-link-to-itself = A ticket cannot be linked to itself.
problem-nothing-to-review = Only a ticket that another line than the first has solved can be reviewed.
problem-not-external = The ticket does not lie with an external group. Hand it over to one first.
problem-stale-title = Changed by somebody else
problem-stale = It has changed since you read it. Read it again (its version is { $version } now) and try again.
problem-exists-title = Exists already
problem-exists = There is one like that already.
problem-key-reused-title = The key has been used
problem-key-reused = This Idempotency-Key was used for another request. Choose a new one.
problem-too-large-title = Too large
problem-too-large = More than { $size } is not taken.
problem-file-type-title = The file type is not taken
problem-file-type = Files of type { $type } are not taken.
problem-unavailable-title = Not possible right now
problem-unavailable = The service has too much to do or cannot be reached. Try again in a while.
problem-internal-title = Something went wrong on our side
problem-internal = It has been noted. Give the requestId if you contact us.
problem-malformed-title = The request cannot be understood
problem-malformed-json = It is not valid JSON: line { $line }, column { $column }.
problem-invalid-utf8 = The text is not valid UTF-8.
problem-malformed-header = The header { $name } does not have the form it should.
problem-malformed-request = The request does not have the form it should.
problem-malformed-file = Send one file as multipart/form-data in the field file.
problem-timeout-title = It took too long
problem-timeout = The request did not arrive in time.
problem-content-type-title = The content type is not taken
problem-content-type = Send the content as { $type }.
problem-method-title = There is no such method here
problem-method = Here are: { $allow }.

## Values of fields
value-required = The field must not be empty.
value-too-long = The text is too long: { $limit } characters at most.
value-too-short = The text is too short: { $limit } characters at least.
value-control-character = The text holds characters that cannot be shown.
value-malformed = The value does not have the form it should.
value-unknown = There is no such value.
value-out-of-range = The value is outside what is allowed.
value-taken = The value is taken already.
value-not-allowed = The value may not be chosen here.
value-passed = That time has passed already.
value-guessable = The password is too easy to guess.
value-wrong = The value is not right.
value-no-such-field = There is no such field.
value-wrong-type = The value is of the wrong type.
value-repeated = The field may be given once only.

### What went wrong.

## Error pages
failure-not-found-title = Page not found
failure-not-found = The page does not exist, or you may not see it.
failure-conflict-title = That was not possible now
failure-conflict = The ticket has changed since you opened the page. Go back, reload and try again.
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

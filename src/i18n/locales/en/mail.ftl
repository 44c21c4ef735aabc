# E-mail that came in: what it became, why, and what people make of it.

# States.
mail-state-received = Waiting to be read
mail-state-ticket = Became a ticket
mail-state-reply = Became an answer on a ticket
mail-state-noted = Noted on a ticket
mail-state-ignored = Set aside
mail-state-held = Waits for a look
mail-state-quarantined = Could not be read
mail-state-discarded = Thrown away

# Classifications.
mail-class-new = Something new
mail-class-reply = Answer on a ticket
mail-class-auto-reply = Automatic mail
mail-class-bounce = Delivery report
mail-class-loop = Goes round or came twice
mail-class-spam = Spam
mail-class-unparsable = Cannot be read

# Sources.
mail-source-imap = fetched from the mailbox
mail-source-pipe = handed over by the mail server
mail-source-rest = posted to the API

# Steps.
mail-step-mailbox = Is there such a mailbox?
mail-step-own-message = Did we send it ourselves?
mail-step-duplicate = Has it come before?
mail-step-size = Can it be read?
mail-step-report = Is it a report on a mail of ours?
mail-step-loop = Does it go round in circles?
mail-step-automatic = Did a machine write it?
mail-step-spam = Is it spam?
mail-step-authenticity = Is the sender genuine?
mail-step-sender = Do we know the sender?
mail-step-threading = Which ticket does it belong to?
mail-step-courtesy = Does it only say thank you?

# Findings; $value is a header, an address, a number or nothing.
mail-finding-nothing = No sign of it.
mail-finding-own-message-id = It was sent from here ({ $value }).
mail-finding-own-address = The sender is one of our own addresses ({ $value }).
mail-finding-own-mark = It carries our own mark ({ $value }).
mail-finding-already-taken-in = The same mail has come in already ({ $value }).
mail-finding-too-large = It is larger than is taken in ({ $value }).
mail-finding-readable = Yes.
mail-finding-delivery-failed = A mail of ours did not reach { $value }.
mail-finding-delivery-delayed = A mail of ours to { $value } is late.
mail-finding-delivery-succeeded = A mail of ours has reached { $value }.
mail-finding-delivery-failed-unnamed = A mail of ours did not arrive.
mail-finding-delivery-delayed-unnamed = A mail of ours is late.
mail-finding-delivery-succeeded-unnamed = A mail of ours has arrived.
mail-finding-receipt = It is a receipt for a mail of ours.
mail-finding-unformed-bounce = It is a delivery report in the server’s own form.
mail-finding-sender-too-often = The sender has sent more in an hour than a person does ({ $value } before).
mail-finding-same-again = The sender sent the same text lately ({ $value } before).
mail-finding-too-many-hops = It has passed too many servers ({ $value }), so it may be going round.
mail-finding-automatic-header = A header says that a machine wrote it ({ $value }).
mail-finding-mailing-list = It came over a mailing list ({ $value }).
mail-finding-empty-return-path = Nobody waits for an answer: the envelope has no sender.
mail-finding-machine-sender = The sender’s address is a machine’s ({ $value }).
mail-finding-automatic-subject = The subject is one of automatic answers ({ $value }).
mail-finding-weak-signs = The subject and other signs point to an automatic answer ({ $value }).
mail-finding-unknown-mailbox = It was handed over for the mailbox { $value }, which does not exist.
mail-finding-perhaps-automatic = It may be a machine’s, and the sender is not known.
mail-finding-marked-as-spam = The mail server marked it as spam ({ $value }).
mail-finding-origin-confirmed = A server we trust confirms the sender.
mail-finding-origin-refuted = A server we trust says that the sender is forged.
mail-finding-origin-unknown = Nobody we trust vouches for the sender.
mail-finding-several-authors = Several authors are named ({ $value }).
mail-finding-no-sender = There is no sender’s address.
mail-finding-sender-unknown = The sender is not known ({ $value }).
mail-finding-sender-waits = The sender is not known ({ $value }), and such mail waits for a look.
mail-finding-sender-contact = The sender is a known contact without a login.
mail-finding-sender-requester = The sender is a known user.
mail-finding-sender-staff = The sender is one of the staff.
mail-finding-staff-unconfirmed = The sender is one of the staff, but nobody vouches for the mail. It gives no rights.
mail-finding-sender-disabled = The sender’s account is closed ({ $value }).
mail-finding-sender-not-checked = The sender was not checked.
mail-finding-signed-reference = It answers a mail of ours on { $value }.
mail-finding-signed-address = It is addressed to { $value }.
mail-finding-subject-tag = The subject names { $value }.
mail-finding-not-participant = It names { $value }, but the sender has no part in that ticket.
mail-finding-tag-unconfirmed = Only the subject names { $value }, and nobody confirms that the mail is genuine. A new ticket is linked to it.
mail-finding-no-such-ticket = It names { $value }, which does not exist.
mail-finding-participation-not-checked = It names { $value }; whether the sender takes part was not checked.
mail-finding-forged-reference = A reference that looks like ours has a wrong signature ({ $value }).
mail-finding-answer-for-staff = It answers something that only staff read, or no particular mail. It became a note on { $value } and does not go to the requester.
mail-finding-foreign-number = It names another organisation’s ticket number ({ $value }).
mail-finding-no-ticket-named = It names no ticket of ours.
mail-finding-only-thanks = It only says thank you. The ticket stays finished.
mail-finding-real-answer = It is a real answer, so the ticket opens again.
mail-finding-ticket-closed-for-good = { $value } is closed for good. A new ticket refers to it.

# Notes.
mail-note-several-from = Several authors are named; the first counts.
mail-note-no-from = No author is named.
mail-note-repeated-header = The field { $value } stands several times; the first counts.
mail-note-no-date = It has no date that can be read.
mail-note-headers-cut = The headers are longer than is read.
mail-note-raw-header-bytes = The field { $value } has characters without a charset.
mail-note-wrong-charset = The charset is wrong ({ $value }).
mail-note-nul-bytes = NUL bytes were taken out.
mail-note-bare-carriage-returns = The line ends are unusual.
mail-note-too-deep = Parts are nested deeper than are taken apart.
mail-note-too-many-parts = It has more parts than are taken apart.
mail-note-broken-boundary = The parts are not properly divided.
mail-note-text-cut = The text is longer than is kept; the original has the rest.
mail-note-html-too-long = The HTML is too long; only its text is kept.
mail-note-html-cleaned = Active content and remote pictures were taken out of the HTML.
mail-note-name-changed = A file name was changed ({ $value }).
mail-note-own-header-ignored = A control header of ours came from outside and was ignored ({ $value }).
mail-note-broken-tnef = A winmail.dat could not be read to its end.
mail-note-broken-encoding = A part is wrongly encoded.

# Files left out.
mail-left-program = a program
mail-left-too-large = too large
mail-left-small-picture = a small picture inside the text
mail-left-too-many = too many files

# Unreadable.
mail-unreadable-empty = The mail is empty.
mail-unreadable-no-headers = It has no header that mail has.
mail-unreadable-too-large = It is too large to be read.
mail-unreadable-reader-failed = Reading it failed again and again. The log of the server says why.

# What people decided.
mail-did-ticket = { $name } made a ticket of it.
mail-did-reply = { $name } put it on a ticket.
mail-did-discard = { $name } threw it away: { $reason }
mail-did-restore = { $name } took it back for a look.

# Pages.
nav-mail = Mail
nav-mail-count = Mail ({ $count })
nav-mail-many = Mail ({ $count }+)
mail-waiting-title = Mail that waits for a look
mail-waiting-lead = These mails did not become tickets by themselves. Make tickets of them, put them on a ticket or throw them away.
mail-waiting-none = No mail is waiting.
mail-column-subject = Subject
mail-column-sender = Sender
mail-column-mailbox = Mailbox
mail-column-when = Came in
mail-column-why = Why
mail-column-state = What it became
mail-column-ticket = Ticket
mail-no-subject = (no subject)
mail-no-sender = (unknown sender)
mail-log-title = Incoming mail
mail-log-about = All mail that came in, what it became and why.
mail-log-none = No mail fits what you search for.
mail-log-any = All
mail-field-text = Sender, subject, Message-ID or ticket
mail-field-class = What it is
mail-why = Why did it become this?
mail-why-step = Step { $number }: { $step }
mail-why-decided = decided
mail-why-none = It has not been read yet.
mail-notes = What is odd about it
mail-handlings = What staff have done
mail-text = Text
mail-text-none = The mail has no text.
mail-unreadable = The mail cannot be read, but it is kept as it came. Download the original if you need to see it.
mail-quoted = Show quoted text
mail-no-quoted = Nothing in the mail is quoted.
mail-no-html = The mail has no HTML part; the text above is all of it.
mail-html = Show as HTML
mail-html-frame = The mail’s HTML
mail-html-note = Remote pictures, scripts and forms are taken out. Links open in a new tab.
mail-original = Download the original (.eml)
mail-left-out = Files that were not taken over: { $files }
mail-foreign = Other organisations’ ticket numbers: { $numbers }
mail-badge = Mail · why?
mail-badge-why = Why did it become this?
mail-facts = About the mail
mail-fact-to = To
mail-fact-source = Way in
mail-fact-message-id = Message-ID
mail-fact-size = Size
mail-files = Files in the mail
mail-do-ticket = Make a ticket …
mail-do-reply = Put on a ticket …
mail-do-discard = Throw away …
mail-do-restore = Take back
mail-send-ticket = Make the ticket
mail-send-reply = Put on the ticket
mail-send-discard = Throw the mail away
mail-field-requester = Whom is it for?
mail-field-requester-hint = E-mail address. Somebody unknown becomes a contact.
mail-field-name = Name of a new contact
mail-field-organisation = Organisation
mail-field-organisation-own = The one the person belongs to
mail-field-desk = Service desk
mail-field-kind = What is it?
mail-field-number = Ticket number
mail-field-number-hint = For example INC-1042
mail-field-visibility = Who may read it?
mail-visibility-public = The requester and staff
mail-visibility-internal = Staff only
mail-field-reason = Why do you throw it away?
mail-public-needs-sender = The sender is not known, so the mail can only be added as an internal note.
mail-discarded-banner = The mail is thrown away. You can take it back.

# Refusals.
refused-mail-settled = The mail has been dealt with already. Reload the page to see what happened.
problem-mail-settled-title = The mail is settled already
problem-mail-settled = Somebody has dealt with the mail, or this cannot be done with it as it is now. Fetch it again to see what can be done.

# Why a mail waits.
mail-waits = Why the mail waits:
mail-waits-no-organisation = Nothing tells which organisation the sender belongs to. Choose it when you make a ticket of the mail.
mail-waits-staff-named = The sender is staff, but nobody vouches for it, and the mail names somebody else’s ticket.

# Why a mail of ours didn't arrive.
delivery-no-address = there is no such address
delivery-mailbox-full = the mailbox is full
delivery-too-large = the e-mail is too large for their server
delivery-refused = their server does not accept our e-mail
delivery-unreachable = their server could not be reached
delivery-unknown = unknown reason
undelivered-why = { $why } ({ $status })
ticket-address-bounced = We do not reach { $name } by e-mail: { $address } has taken no e-mail since { $since } ({ $why }). Call, or correct the address.
ticket-foreign-numbers = Others’ ticket numbers
mail-finding-many-tickets = Nobody confirms who is writing, and the address has opened { $value } tickets within a day already. So the mail waits for somebody to look.

### Mailboxes, mail domains and addresses that mail came back from.

admin-mail = E-mail
admin-mail-about = Mailboxes, mail domains and addresses that take no mail
mailboxes = Mailboxes
mailboxes-none = There is no mailbox. Add one to take in tickets by e-mail.
mailbox-add = Add mailbox
mailbox-change = Change the settings
mailbox-change-of = Change { $name }
mailbox-settings = Settings
mailbox-warnings = { $count ->
    [one] One mailbox needs looking after.
   *[other] { $count } mailboxes need looking after.
}
mailbox-warning = { $mailbox }: { $state }

## How a mailbox is
mailbox-state = State
heartbeat-off = Switched off
heartbeat-ok = Read as it should be
heartbeat-handed = Takes mail that is handed over
heartbeat-not-yet = Not read yet
heartbeat-trying = Can’t be read right now. It is tried again by itself.
heartbeat-secret-expiring = Read, but the password or secret ends { $at }
heartbeat-silent = Read, but no mail has come since { $at }
heartbeat-secret-expired = The password or secret ended { $at }
heartbeat-not-looked = Nobody has read it since { $at }. Check that the worker is running.
heartbeat-never-looked = Has never been read since { $at }. Check that the worker is running.
heartbeat-failing = Can’t be read since { $at }
heartbeat-short-secret-expiring = its secret ends soon
heartbeat-short-silent = silent for too long
heartbeat-short-secret-expired = its secret has ended
heartbeat-short-not-looked = nobody reads it
heartbeat-short-never-looked = has never been read
heartbeat-short-failing = can’t be read
mailbox-fails = Fault
mailbox-looked-at = Last read
mailbox-message-at = Last message
mailbox-token-ends = Access token holds until

## What fails
mail-fault-unreachable = The server can’t be reached. Check name, port and firewall.
mail-fault-security = The connection can’t be encrypted, or the server’s certificate isn’t trusted. Add the issuer’s certificate if it is your own.
mail-fault-token = No access token was given. Check token address, application id, scope and secret.
mail-fault-sign-in = The server doesn’t let the account in. Check account, password and permissions.
mail-fault-folder = The folder doesn’t exist, or the account may not read it.
mail-fault-move-to = Mail is fetched, but the folder it is moved to does not exist, or the account may not put anything there.
mail-fault-throttled = The server asks us to read less often. It passes by itself.
mail-fault-lost = The connection broke off. It is tried again.
mail-fault-timeout = The server didn’t answer in time.
mail-fault-protocol = The server said something that can’t be understood, or refused a command.
mail-fault-secret = The secret is missing or can’t be opened. Type it again.
mail-fault-storage = The message couldn’t be stored here. Check disk and database.

## Trying a mailbox
mailbox-test = Test now
mailbox-tested = How the test went
mailbox-test-passed = { $count ->
    [0] Everything works. The folder is empty.
    [one] Everything works. The folder holds one message.
   *[other] Everything works. The folder holds { $count } messages.
}
mailbox-test-failed = It wasn’t possible to { $step }. { $fault }
mailbox-nothing-to-test = The mailbox fetches nothing, so there is nothing to try.
mailbox-step = Step
mailbox-outcome = Outcome
mailbox-server-says = The server says
mailbox-step-went-well = Went well
mailbox-step-connect = Reach the server
mailbox-failed-connect = reach the server
mailbox-failed-token = fetch an access token
mailbox-failed-sign-in = sign in
mailbox-failed-folder = open the folder
mailbox-failed-move-to = open the folder that mail is moved to
mailbox-step-token = Fetch an access token
mailbox-step-sign-in = Sign in
mailbox-step-folder = Open the folder
mailbox-step-move-to = Open the folder that mail is moved to
mailbox-switch-on = Switch on
mailbox-switch-off = Switch off
mailbox-remove = Remove …
mailbox-remove-sure = Remove the mailbox { $name }? Its settings are lost and can’t be had back.
mailbox-remove-do = Remove the mailbox
mailbox-in-use = Mail has come or gone by the mailbox, so it can’t be removed. Switch it off instead.

## Settings
mailbox-address = E-mail address
mailbox-address-hint = Where mail comes, and where answers come from
mailbox-desk = Service desk
mailbox-organisation = Whose people write here
mailbox-organisation-hint = For senders whose mail domain isn’t known
mailbox-receive = How mail gets here
mailbox-receive-hint = If mail is handed over, you need not fill in server, sign-in and reading
mailbox-receive-imap = It is fetched from a server (IMAP)
mailbox-receive-none = An own mail server or a program hands it over
mailbox-part-server = Server
mailbox-host = Server
mailbox-port = Port
mailbox-port-hint = 993 with TLS, 143 with STARTTLS
mailbox-security = Encryption
mailbox-security-tls = TLS from the beginning
mailbox-security-start-tls = STARTTLS
mailbox-security-none = No encryption
mailbox-plain-is-meant = Without encryption
mailbox-plain-is-meant-yes = Allow passwords and mail to cross the network unencrypted
mailbox-authorities = Certificates of own issuers
mailbox-authorities-hint = PEM. Only needed when the server’s certificate isn’t trusted by this machine already.
mailbox-part-auth = Sign-in
mailbox-auth = Sign in with
mailbox-auth-password = Password
mailbox-auth-xoauth2 = OAuth 2.0 (Microsoft 365)
mailbox-username = Account
mailbox-username-hint = For a shared mailbox in Microsoft 365: the mailbox’s address
mailbox-secret = Password or client secret
mailbox-secret-hint = Stored encrypted and never shown again
mailbox-secret-hint-known = Leave empty to keep the present one. If you change server or way of signing in it is needed again.
mailbox-secret-expires = Last day it holds
mailbox-secret-expires-hint = You are reminded a month before
mailbox-token-url = Address for access tokens
mailbox-token-url-hint = For example https://login.microsoftonline.com/…/oauth2/v2.0/token. Only needed with OAuth 2.0, like the next two.
mailbox-client-id = Application id
mailbox-scope = Scope
mailbox-part-reading = Reading
mailbox-folder = Folder
mailbox-first-fetch = At the first reading
mailbox-first-all = All that lies in the folder
mailbox-first-new = Only what comes from now on
mailbox-after-fetch = When a message is fetched
mailbox-after-leave = Leave it alone
mailbox-after-seen = Mark it as read
mailbox-after-move = Move it to another folder
mailbox-move-to = Folder to move to
mailbox-part-understanding = What mail becomes
mailbox-unknown-senders = Mail from unknown senders
mailbox-unknown-contact = The sender becomes a contact and the mail a ticket
mailbox-unknown-hold = Waits for somebody to look
mailbox-silent-after = Warn after so many minutes of silence
mailbox-silent-after-hint = Counted during opening hours. Leave it empty for no warning.
mailbox-trusted-authserv = Own mail server’s name in Authentication-Results
mailbox-trusted-authserv-hint = Only it is believed when it says that a sender is genuine, and only about mail to this mailbox. Microsoft 365 writes no name: enter a hyphen (-)
mailbox-foreign-numbers = Others’ ticket numbers
mailbox-foreign-numbers-hint = One pattern a line, # stands for one digit or more: RITM#

## What is wrong with a setting
mailbox-wrong-address-required = Type the mailbox’s e-mail address
mailbox-wrong-address-taken = Another mailbox has the address already
mailbox-wrong-address = Type an e-mail address, for example it@example.se
mailbox-wrong-host-required = Type the server’s name
mailbox-wrong-host = Type only the server’s name, for example imap.example.se
mailbox-wrong-port = Type a port between 1 and 65535
mailbox-wrong-security = Unencrypted connections to another machine must be allowed explicitly
mailbox-wrong-authorities = Paste certificates as PEM, with the line BEGIN CERTIFICATE
mailbox-wrong-username = Type the account
mailbox-wrong-secret = Type the password or secret. When server or way of signing in changes it is needed again.
mailbox-wrong-token-url = Type an address that begins with https://
mailbox-wrong-folder = Type the folder’s name
mailbox-wrong-move-to-required = Type which folder mail is to be moved to
mailbox-wrong-move-to = Choose another folder than the one that is read
mailbox-wrong-foreign-numbers = Each pattern needs at least two letters and a #, and has at most 40 characters
mailbox-wrong-foreign-numbers-many = At most 20 patterns
mailbox-wrong-silent-after = Type minutes between 1 and 130000, or leave it empty
mailbox-wrong-secret-expires = Type a date, for example 2027-03-01

## Mail domains
mail-domain = Mail domain
mail-domains = Mail domains
mail-domains-none = There is no mail domain. Mail from unknown senders then waits for a look, unless the mailbox says which organisation they belong to.
mail-domain-choose = Choose an organisation
mail-domain-add = Add mail domain
mail-domain-hint = What stands after the @. Unknown senders from there belong to the organisation.
mail-domain-wrong = Type a mail domain, for example example.se

## Addresses that mail came back from
bounced-addresses = Addresses that take no mail
bounced-none = No mail has come back.
bounced-status = Code
bounced-times = Times
bounced-last = Last
bounced-clear = Send there again

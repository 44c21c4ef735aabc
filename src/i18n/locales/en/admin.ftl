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
api-schemas = Schemas
api-required = (required)

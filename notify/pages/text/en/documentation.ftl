# The API documentation
documentation-title = API documentation
documentation-clients = The client libraries of GC Notify and GOV.UK Notify work unchanged: give them the address of this site and your API key.
documentation-keys = API keys
documentation-keys-intro = Every request carries the header “Authorization” in one of these forms:
documentation-contents = Requests
documentation-example = Example
documentation-parameters-of = Parameters of { $operation }
documentation-body-of = Body of { $operation }
documentation-answer = Answer { $status }
documentation-answer-of = Answer { $status } of { $operation }
documentation-errors = Errors
documentation-name = Name
documentation-place = Where
documentation-kind = Type
documentation-required = Required
documentation-meaning = Meaning
documentation-in-path = address
documentation-in-query = query
documentation-in-header = header
documentation-yes = yes
documentation-no = no

menu-dashboard = Dashboard
menu-team = Team
service-trial = Trial
service-suspended = Suspended

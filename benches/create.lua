-- POST /api/v1/tickets: an agent registers for a requester, who is told of it (a job of the outbox each);
-- every subject is another, the description is one of many.
dofile(os.getenv("BENCH_LUA") .. "/common.lua")

local count, run, bodies = 0, os.getenv("BENCH_RUN"), {}

function init()
  start(1)
  wrk.headers["Content-Type"] = "application/json"
  for i = 1, 500 do
    bodies[i] = string.format('","description":"%s","impact":%d,"urgency":%d}',
      text(20 + math.random(30)), math.random(3), math.random(3))
  end
end

function request()
  count = count + 1
  local subject = string.format("%s %s %s-%d-%d", word(), word(), run, thread_number, count)
  return wrk.format("POST", "/api/v1/tickets", nil,
    '{"kind":"incident","channel":"phone","requester":"' .. os.getenv("BENCH_REQUESTER") .. '","subject":"' .. subject .. bodies[math.random(#bodies)])
end

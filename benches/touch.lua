-- PATCH /api/v1/tickets/{number}: staff change the subject of one of the tickets that come due, the last ones filed.
dofile(os.getenv("BENCH_LUA") .. "/common.lua")

local last, due = tonumber(os.getenv("BENCH_LAST")), tonumber(os.getenv("BENCH_DUE"))

function init()
  start(5)
  wrk.headers["Content-Type"] = "application/json"
end

function request()
  local number = last - math.random(due) + 1
  return wrk.format("PATCH", "/api/v1/tickets/INC-" .. number, nil, '{"subject":"' .. text(4) .. '"}')
end

-- GET /api/v1/tickets/{number}: a random one of the imported incidents.
dofile(os.getenv("BENCH_LUA") .. "/common.lua")

local first, last = tonumber(os.getenv("BENCH_FIRST")), tonumber(os.getenv("BENCH_LAST"))

function init() start(2) end

function request() return wrk.format("GET", "/api/v1/tickets/INC-" .. math.random(first, last)) end

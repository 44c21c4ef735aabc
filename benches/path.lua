-- GET of one address, with a bearer token or a cookie: the first page of a queue as JSON or HTML.
dofile(os.getenv("BENCH_LUA") .. "/common.lua")

local path = os.getenv("BENCH_PATH")

function init() start(3) end

function request() return wrk.format("GET", path) end

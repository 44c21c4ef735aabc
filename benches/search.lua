-- GET /api/v1/tickets?q=…: two random words of the vocabulary the tickets were written with.
dofile(os.getenv("BENCH_LUA") .. "/common.lua")

function init() start(4) end

function request() return wrk.format("GET", "/api/v1/tickets?q=" .. encode(word()) .. "+" .. encode(word())) end

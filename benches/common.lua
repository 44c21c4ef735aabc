-- What all load scripts share: the vocabulary, random numbers per thread, and the line with the
-- result that benches/run reads. Settings come by environment, since wrk hands over no arguments
-- to `setup`.

local words = {}
for line in io.lines(os.getenv("BENCH_WORDS")) do words[#words + 1] = line end

local threads = 0

function setup(thread)
  threads = threads + 1
  thread:set("thread_number", threads)
end

-- `init` of each script calls this in the thread's own Lua state.
function start(case)
  math.randomseed(20261120 + thread_number * 7919 + case)
  wrk.headers["Authorization"] = os.getenv("BENCH_TOKEN") and ("Bearer " .. os.getenv("BENCH_TOKEN"))
  wrk.headers["Cookie"] = os.getenv("BENCH_COOKIE")
  wrk.headers["Accept-Language"] = "sv"
end

function word() return words[math.random(#words)] end

function text(count)
  local chosen = {}
  for i = 1, count do chosen[i] = word() end
  return table.concat(chosen, " ")
end

function encode(value)
  return (value:gsub("[^%w%-%._~]", function(byte) return string.format("%%%02X", byte:byte()) end))
end

-- requests/s, p50 and p99 in ms, answers that were no success, connections that broke
function done(summary, latency)
  local broken = summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout
  io.write(string.format("RESULT %.0f %.1f %.1f %d %d\n",
    summary.requests / (summary.duration / 1e6),
    latency:percentile(50) / 1000, latency:percentile(99) / 1000, summary.errors.status, broken))
end

// A server of one's own for a file of journeys: a copy of the demonstration's data, and a port that the
// system chooses as it binds (one chosen before may be somebody else's by then).

import { spawn } from "node:child_process";
import { cp, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const READY_WITHIN_MS = 30_000;

/** Starts `$ARENDE_BIN serve` on a copy of `$ARENDE_DEMO`. Gives its address and a function that ends it. */
export async function startServer() {
  const { ARENDE_BIN, ARENDE_DEMO } = process.env;
  if (!ARENDE_BIN || !ARENDE_DEMO) throw new Error("Run the journeys by tests/browser/run");
  const folder = await mkdtemp(join(tmpdir(), "arende-journey-"));
  await cp(ARENDE_DEMO, folder, { recursive: true });
  const env = { ...process.env, ARENDE_DATA_DIR: folder, ARENDE_BIND: "127.0.0.1:0" };
  const server = spawn(ARENDE_BIN, ["serve"], { env, stdio: ["ignore", "pipe", "pipe"] });
  let words = "";
  for (const stream of [server.stdout, server.stderr]) {
    stream.on("data", (part) => { words = (words + part).slice(-20_000); });
  }
  const ended = new Promise((resolve) => { server.once("exit", resolve); });
  const stop = async () => {
    server.kill("SIGTERM");
    await ended;
    await rm(folder, { recursive: true, force: true });
  };
  try {
    return { url: await ready(server, () => words), stop, words: () => words };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Waits until the server has said where it listens and is ready there. */
async function ready(server, words) {
  const until = Date.now() + READY_WITHIN_MS;
  while (Date.now() < until && server.exitCode === null) {
    const url = words().match(/^Ärende: (http:\S+)$/m)?.[1];
    const answer = url && await fetch(`${url}/health/ready`).catch(() => null);
    if (answer?.ok) return url;
    await sleep(50);
  }
  throw new Error(`arende did not become ready. Its last words:\n${words()}`);
}

/** What the demonstration printed when it was filled: who may sign in. */
export async function demoWords() {
  return readFile(join(process.env.ARENDE_DEMO, "server.log"), "utf8");
}

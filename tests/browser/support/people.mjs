// Who may sign in, from what the demonstration printed, and signing in as them.

import assert from "node:assert/strict";
import { demoWords } from "./server.mjs";
import { newPage } from "./browser.mjs";

/** The people of the journeys and the words by which the demonstration's list of logins names them. */
const PARTS = {
  requester: /requester|beställare/i,
  firstLine: /servicedesk|first line|första linjen/i,
  secondLine: /second line|andra linjen/i,
  administrator: /administrat/i,
};

/** `{ requester, firstLine, secondLine, administrator }`, each with `email` and `password`. */
export async function people() {
  const words = await demoWords();
  const lines = words.split("\n").filter((line) => /\S+@\S+\.\S+/.test(line));
  const shared = words.match(/(?:password|lösenord)[^\n:]*:\s*(\S.*\S)/i)?.[1];
  const found = {};
  for (const [part, name] of Object.entries(PARTS)) {
    const line = lines.find((candidate) => name.test(candidate));
    assert.ok(line, `the demonstration printed no login for ${part}:\n${words}`);
    const [email] = line.match(/[\w.+-]+@[\w.-]+\w/);
    found[part] = { email, password: shared ?? line.trim().split(/\s+/).at(-1) };
  }
  return found;
}

/** A page in which the person has signed in. */
export async function signedIn(browser, server, person, options) {
  const page = await newPage(browser, server, options);
  await page.goto("/login");
  await page.getByLabel("E-post").fill(person.email);
  await page.getByLabel("Lösenord").fill(person.password);
  await page.getByRole("button", { name: "Logga in" }).click();
  await page.waitForURL((url) => url.pathname !== "/login");
  return page;
}

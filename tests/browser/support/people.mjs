// Who may sign in, from what the demonstration printed, and signing in as them.

import assert from "node:assert/strict";
import { demoWords } from "./server.mjs";
import { newPage } from "./browser.mjs";

/**
 * The people of the journeys and what the demonstration calls them. The problem manager leads a group
 * of the second line.
 */
const PARTS = {
  requester: "requester",
  firstLine: "agent",
  secondLine: "problem manager",
  administrator: "administrator",
  board: "board",
};

/** `  omar.eklof@it.example.se    agent, Servicedesk (Omar Eklöf)` */
const LOGIN = /^ {2}(?<email>\S+@\S+)\s+(?<role>[^,(]+?)(?:, (?<group>[^(]+?))? \((?<name>.+)\)$/;

/** The people of `PARTS`, each with `email`, `name`, `password` and, if they work in one, `group`. */
export async function people() {
  const words = await demoWords();
  const password = words.match(/^Demo logins, password: (.+)$/m)?.[1];
  const logins = words.split("\n").map((line) => line.match(LOGIN)?.groups).filter(Boolean);
  const found = {};
  for (const [part, role] of Object.entries(PARTS)) {
    const login = logins.find((candidate) => candidate.role === role);
    assert.ok(password && login, `the demonstration printed no login for ${part}:\n${words}`);
    found[part] = { ...login, password };
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

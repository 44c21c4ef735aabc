// Pictures of portal and workspace, for looking at and for docs/pictures: node screenshots.mjs FOLDER
// (by tests/browser/run --screenshots FOLDER, which starts what this needs).

import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { DESKTOP, PHONE, newPage, openBrowser } from "./support/browser.mjs";
import { people, signedIn } from "./support/people.mjs";
import { startServer } from "./support/server.mjs";
import { reportFault, rows } from "./support/steps.mjs";

const folder = process.argv[2];
await mkdir(folder, { recursive: true });
const [server, browser, who] = await Promise.all([startServer(), openBrowser(), people()]);
try {
  await pictures(await newPage(browser, server), "portal", { login: "/login" });
  const requester = await signedIn(browser, server, who.requester);
  const mine = await reportFault(requester, {
    what: "E-posten startar inte",
    description: "Outlook startar inte sedan i morse. Jag har startat om datorn, samma fel.",
  });
  await pictures(requester, "portal", {
    start: "/", "report-fault": "/report-fault", receipt: `/tickets/${mine}/receipt`, tickets: "/tickets",
    ticket: `/tickets/${mine}`, profile: "/profile",
  });

  const agent = await signedIn(browser, server, who.firstLine);
  await agent.goto("/workspace");
  const queue = new URL(agent.url()).pathname;
  const [first] = await rows(agent);
  await agent.goto(`/workspace/calls/new?q=${encodeURIComponent(who.requester.email)}`);
  const caller = await agent.getByRole("main").getByRole("list").getByRole("link").first().getAttribute("href");
  await pictures(agent, "workspace", {
    queue, ticket: `/workspace/tickets/${first}`, "find-caller": "/workspace/calls/new?q=anna", call: caller,
    search: "/workspace/search?q=skrivare", report: "/workspace/reports/resolution",
  });

  const administrator = await signedIn(browser, server, who.administrator);
  await administrator.goto("/admin/people");
  const person = await administrator.getByRole("table").getByRole("link").first().getAttribute("href");
  await pictures(administrator, "admin", {
    people: "/admin/people", person, groups: "/admin/groups", import: "/admin/import",
  });
  await pictures(await signedIn(browser, server, who.board), "board", { report: "/workspace/reports/resolution" });
} finally {
  await browser.close();
  await server.stop();
}

async function pictures(page, skin, paths) {
  for (const [name, path] of Object.entries(paths)) {
    for (const [device, viewport] of Object.entries({ desktop: DESKTOP, phone: PHONE })) {
      for (const colorScheme of ["light", "dark"]) {
        await page.setViewportSize(viewport);
        await page.emulateMedia({ colorScheme });
        await page.goto(path);
        const file = join(folder, `${skin}-${name}-${device}${colorScheme === "dark" ? "-dark" : ""}.png`);
        await page.screenshot({ path: file, fullPage: device === "phone" });
        console.log(file);
      }
    }
  }
}

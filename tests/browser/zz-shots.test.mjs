import { test } from "node:test";
import { DESKTOP, PHONE, openBrowser, press } from "./support/browser.mjs";
import { people, signedIn } from "./support/people.mjs";
import { startServer } from "./support/server.mjs";
test("shots", async () => {
  const [server, browser, who] = await Promise.all([startServer(), openBrowser(), people()]);
  const page = await signedIn(browser, server, who.administrator);
  const shot = async (name) => {
    for (const [d, v] of Object.entries({ desktop: DESKTOP, phone: PHONE })) {
      await page.setViewportSize(v);
      await page.screenshot({ path: `/tmp/shots/${name}-${d}.png`, fullPage: true });
    }
  };
  for (const [n, p] of Object.entries({ index: "/admin/policies", list: "/admin/policies/agreements", one: "/admin/policies/agreements/base-function", change: "/admin/policies/agreements/base-function/change", matrix: "/admin/policies/responsibilities", row: "/admin/policies/responsibilities/row?supportLevel=printer&activity=followMe", party: "/admin/policies/responsibilities/parties/school", word: "/admin/policies/responsibilities/words/new" })) {
    await page.goto(p); await shot(n);
  }
  await page.goto("/admin/policies/agreements/base-function/change");
  await press(page, "button", "Förhandsgranska");
  await page.waitForLoadState();
  await shot("preview");
  await browser.close(); await server.stop();
});

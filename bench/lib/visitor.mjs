import { setTimeout as sleep } from "node:timers/promises";
import { PASSWORD } from "./password.mjs";

const PATIENCE_MS = 300_000;

/**
 * Somebody who is signed in to an organization that shows the sample.
 * @param {import("@playwright/test").Browser} browser
 * @param {string} origin
 */
export async function makeVisitor(browser, origin) {
  const context = await browser.newContext({ baseURL: origin });
  const { request } = context;
  const person = { name: "Visitor", email: "visitor@example.com", password: PASSWORD };
  const mutate = (procedure, json) => answerOf(request.post(`/api/trpc/${procedure}`, { data: { json } }));
  const query = (procedure, json) =>
    answerOf(request.get(`/api/trpc/${procedure}?input=${encodeURIComponent(JSON.stringify({ json }))}`));

  await mutate("auth.signUp", person);
  await signIn(request, person);
  const { slug: org } = await mutate("orgs.create", { name: "Bundle" });
  const { id: connectionId, runId } = await mutate("connections.createSample", { org });
  for (const until = Date.now() + PATIENCE_MS; Date.now() < until; await sleep(500)) {
    const run = (await query("sync.runs", { org, connectionId })).find(({ id }) => id === runId);
    if (run?.state === "succeeded") break;
  }
  const range = { from: daysFromNow(-29), to: daysFromNow(1) };
  const { rows } = await query("usage.breakdown", { org, dimension: "project", range });
  const projectId = rows.find(({ key }) => key)?.key;
  if (!projectId) throw new Error("the sample has no figures");
  const state = await context.storageState();
  await context.close();
  return { org, connectionId, projectId, state };
}

/**
 * The state of a browser in which somebody is signed in.
 * @param {import("@playwright/test").Browser} browser
 * @param {string} origin
 * @param {{ email: string, password: string }} person
 */
export async function signedIn(browser, origin, person) {
  const context = await browser.newContext({ baseURL: origin });
  await signIn(context.request, person);
  const state = await context.storageState();
  await context.close();
  return state;
}

async function signIn(request, { email, password }) {
  const { csrfToken } = await (await request.get("/api/auth/csrf")).json();
  await request.post("/api/auth/callback/credentials", {
    form: { csrfToken, email, password },
    headers: { "x-auth-return-redirect": "1" },
  });
}

/** @param {Promise<import("@playwright/test").APIResponse>} answer */
async function answerOf(answer) {
  const response = await answer;
  if (!response.ok()) throw new Error(`${response.url()} answered ${response.status()}: ${await response.text()}`);
  return (await response.json()).result.data.json;
}

const daysFromNow = (days) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

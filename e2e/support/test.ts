import { type APIRequestContext, test as base, expect } from "@playwright/test";
import { prepare } from "./api";
import { tollkeeper } from "./cli";
import { untilSynced } from "./connections";
import { baseURL } from "./installation";
import { createOrg, type Person, signIn, signUp } from "./people";

export { expect };

/** An organization with the sample in it, for tests that only look. */
export type Sample = { owner: Person; org: string; connectionId: string };

type TestFixtures = {
  /** Somebody with an organization of their own, signed in in `page`. */
  owner: { person: Person; org: string };
  /** `page` is signed in as the owner of the sample. */
  inSample: Sample;
};
type WorkerFixtures = { sample: Sample };

export const test = base.extend<TestFixtures, WorkerFixtures>({
  owner: async ({ page }, use) => {
    const person = await signUp(page.request);
    await use({ person, org: await createOrg(page.request) });
  },

  sample: [
    async ({ playwright }, use) => {
      const request = await playwright.request.newContext({ baseURL });
      await use(await createSample(request));
      await request.dispose();
    },
    { scope: "worker", timeout: 180_000 },
  ],

  inSample: async ({ page, sample }, use) => {
    await signIn(page.request, sample.owner);
    await use(sample);
  },
});

/** As the welcome page does it, but with three months instead of twelve: all that the tests look at. */
async function createSample(request: APIRequestContext): Promise<Sample> {
  const owner = await signUp(request);
  const org = await createOrg(request, "Sample viewers");
  const depth = ["--backfill-days", "92", "--granularity", "day"];
  const { id } = await tollkeeper<{ id: string }>("connection", "add", "--org", org, "--sample", ...depth);
  const { runId } = await prepare<{ runId: string }>(request, "sync.start", { org, connectionId: id });
  await untilSynced(request, { org, id, runId, timeoutMs: 150_000 });
  return { owner, org, connectionId: id };
}

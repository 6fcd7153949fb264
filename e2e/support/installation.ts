import os from "node:os";
import path from "node:path";

/** The installation under test. `npm test` chooses these; the defaults serve `npx playwright test`. */
export const port = process.env.E2E_PORT ?? "3100";
export const sandboxPort = process.env.E2E_SANDBOX_PORT ?? "4110";
/** Over UDP, where nobody else has the sandbox's number. */
export const dnsPort = process.env.E2E_DNS_PORT ?? sandboxPort;
export const home = process.env.E2E_HOME ?? path.join(os.tmpdir(), "tollkeeper-e2e");

export const baseURL = `http://localhost:${port}`;
export const sandboxOrigin = `http://127.0.0.1:${sandboxPort}`;

import fs from "node:fs";
import { fromRoot } from "../paths.mjs";

/** Texts that only the server's code has, and no page shows: where one is, a module of the server came along. */
const serverOnly = [
  "APP_DATABASE_URL",
  "AUTH_SECRET",
  "MASTER_KEYS",
  "app.org_id",
  "tollkeeper:data-key:",
  "tollkeeper:admin-key:",
  "system_membership",
  "$queryRaw",
  "node:crypto",
];

/** What browsers are sent, if there is a build. */
export async function checkBundle() {
  const dir = fromRoot(".next/static");
  if (!fs.existsSync(dir)) return { problems: [], notChecked: "there is no build (npm run build)" };
  const files = fs.globSync("**/*.js", { cwd: dir });
  const problems = files.flatMap((file) => bundleProblems(file, fs.readFileSync(`${dir}/${file}`, "utf8")));
  return { problems, note: `${files.length} files` };
}

/** @returns {string[]} a line for each text of the server's in a file for browsers */
export const bundleProblems = (file, text) =>
  serverOnly.filter((name) => text.includes(name)).map((name) => `${file} has "${name}", which is the server's alone`);

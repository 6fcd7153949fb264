import { checkBundle } from "./bundle.mjs";
import { checkDependencies } from "./dependencies.mjs";
import { checkLicences } from "./licences.mjs";
import { checkSecrets } from "./secrets.mjs";
import { checkStaticRules } from "./static-rules.mjs";

/**
 * @typedef {object} Finding of one part
 * @property {string[]} problems a line each; none: in order
 * @property {string} [note] what was looked at
 * @property {string} [notChecked] why nothing could be said
 */

/** @type {[string, () => Promise<Finding>][]} */
const parts = [
  ["rules about our code", checkStaticRules],
  ["secrets in files", checkSecrets],
  ["what browsers are sent", checkBundle],
  ["licences", checkLicences],
  ["known holes (npm audit)", checkDependencies],
];

/** `npm run check:security`. @returns {Promise<number>} exit code: 1 for a problem, 0 also where something was not checked */
export async function checkSecurity() {
  const findings = await Promise.all(parts.map(async ([name, look]) => ({ name, ...(await settled(look)) })));
  for (const finding of findings) show(finding);
  const failed = findings.filter(({ problems }) => problems.length > 0);
  const skipped = findings.filter(({ notChecked }) => notChecked);
  const notChecked = skipped.length > 0 ? ` Not checked: ${skipped.map(({ name }) => name).join(", ")}.` : "";
  console.log(
    failed.length > 0
      ? `\nNot in order: ${failed.map(({ name }) => name).join(", ")}.${notChecked}`
      : `\nNo problem found.${notChecked}`,
  );
  return failed.length > 0 ? 1 : 0;
}

/** A part that breaks is a problem, not a reason to say nothing of the others. */
async function settled(look) {
  try {
    return await look();
  } catch (error) {
    return { problems: [`The check itself failed: ${error.message}`] };
  }
}

function show({ name, problems, note, notChecked }) {
  const state = problems.length > 0 ? "FAILED" : notChecked ? "NOT CHECKED" : "ok";
  console.log(`${state.padEnd(13)}${name.padEnd(26)}${notChecked ?? note ?? ""}`.trimEnd());
  for (const problem of problems) console.log(`    ${problem}`);
}

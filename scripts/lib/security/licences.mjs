import { fromRoot } from "../paths.mjs";
import { outputOf } from "./run.mjs";

const checker = fromRoot("node_modules/license-checker-rseidelsohn/bin/license-checker-rseidelsohn.js");

/** What may be part of a program under Apache-2.0 with no more duty than naming its authors. */
const allowed = new Set([
  "0BSD",
  "Apache-2.0",
  "BlueOak-1.0.0",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "CC0-1.0",
  "ISC",
  "MIT",
  "MIT-0",
  "Python-2.0",
  "Unlicense",
  "Zlib",
]);

/** Packages under other licences, and why they are fine: all are used as they are and ship as packages of their own. */
const exceptions = [
  { name: /^@fontsource\/noto-(sans|emoji)(-|$)/, licence: "OFL-1.1" }, // fonts, which may be embedded in documents
  { name: /^@img\/sharp-libvips-/, licence: "LGPL-3.0-or-later" }, // a shared library, replaceable
  { name: /^caniuse-lite$/, licence: "CC-BY-4.0" }, // data, named in its package
  { name: /^elkjs$/, licence: "EPL-2.0" }, // comes with Prisma's command line, never loaded
  { name: /^lightningcss(-|$)/, licence: "MPL-2.0" }, // copyleft ends at its own files, which nobody changes
];

/** Licences of the packages that an installation runs with. */
export async function checkLicences() {
  const { stdout } = await outputOf(process.execPath, [checker, "--production", "--excludePrivatePackages", "--json"]);
  const packages = JSON.parse(stdout);
  return { problems: licenceProblems(packages), note: `${Object.keys(packages).length} packages` };
}

/**
 * @param {Record<string, { licenses?: string | string[] }>} packages by name@version, as license-checker prints them
 * @returns {string[]} a line for each whose licence is neither allowed nor an exception
 */
export function licenceProblems(packages) {
  return Object.entries(packages).flatMap(([id, { licenses }]) => {
    const name = id.slice(0, id.lastIndexOf("@"));
    const expression = [licenses ?? "unknown"].flat().join(" AND ");
    const isFine = (licence) =>
      allowed.has(licence) ||
      exceptions.some((exception) => exception.licence === licence && exception.name.test(name));
    return holds(expression, isFine) ? [] : [`${id}: ${expression}`];
  });
}

/** Of SPDX expressions with one level: "(MIT OR GPL-2.0)", "MIT AND ISC". A star marks a licence guessed from its text. */
function holds(expression, isFine) {
  const flat = expression.replace(/^\((.*)\)$/, "$1").replaceAll("*", "");
  if (/[()]/.test(flat)) return false;
  return flat.split(/ or /i).some((all) => all.split(/ and /i).every((licence) => isFine(licence.trim())));
}

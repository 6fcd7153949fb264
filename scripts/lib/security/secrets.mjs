import { fromRoot } from "../paths.mjs";
import { outputOf } from "./run.mjs";
import { trackedFiles } from "./tracked-files.mjs";

const secretlint = fromRoot("node_modules/secretlint/bin/secretlint.js");

/** Keys, tokens and passwords of known shapes in what is under version control; see .secretlintrc.json. */
export async function checkSecrets() {
  const files = await trackedFiles();
  const { stdout, stderr } = await outputOf(process.execPath, [secretlint, "--no-glob", "--format", "json", ...files]);
  const findings = stdout.trim() ? JSON.parse(stdout) : null;
  if (!findings) throw new Error(stderr);
  const problems = findings.flatMap(({ filePath, messages }) =>
    messages.map(({ message, loc }) => `${filePath}:${loc.start.line} ${message}`),
  );
  return { problems, note: `${files.length} files` };
}

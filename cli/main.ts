import { runCli } from "@/cli/run-cli";
import { runMain } from "@/scripts/lib/run-main.mjs";

// A reader that has seen enough (`| head`) is no failure.
process.stdout.on("error", (error: NodeJS.ErrnoException) => process.exit(error.code === "EPIPE" ? 0 : 1));

await runMain(({ defer }) =>
  runCli(process.argv.slice(2), {
    stdin: process.stdin,
    stdout: process.stdout,
    stderr: process.stderr,
    defer,
  }),
);

import { execFile } from "node:child_process";
import { root } from "../paths.mjs";

/**
 * Runs a program and takes what it says, however it ends: checkers end with 1 when they find something.
 * @param {string} file
 * @param {string[]} args
 * @returns {Promise<{ code: number, stdout: string, stderr: string }>}
 */
export const outputOf = (file, args) =>
  new Promise((resolve, reject) => {
    const options = { cwd: root, maxBuffer: 64 * 1024 * 1024, shell: process.platform === "win32" };
    execFile(file, args, options, (error, stdout, stderr) => {
      if (error && typeof error.code !== "number") reject(error);
      else resolve({ code: error?.code ?? 0, stdout, stderr });
    });
  });

/** A failure whose message is written for the person at the terminal, so it is shown without a stack. */
export class UserError extends Error {
  name = "UserError";
}

const knownCauses = [
  [
    /ENOSPC|EDQUOT|No space left on device|[Dd]isk quota exceeded|Check free disk space/,
    "The disk is full. Free some space, then run the command again.",
  ],
  [/EROFS|Read-only file system/, "The file system is read-only. Run from a directory that can be written to."],
  [
    /EMFILE|ENFILE|Too many open files/,
    "Too many files are open. Raise the limit (`ulimit -n 4096`), then run the command again.",
  ],
  [
    /ENOMEM|JavaScript heap out of memory|Cannot allocate memory/,
    "There is not enough memory. Tollkeeper needs about 2 GB to build.",
  ],
];

/**
 * What an error or a program's output means in one sentence, for the causes that have nothing to do with Tollkeeper.
 * @param {unknown} failure an error, or what a program printed
 * @returns {string | undefined}
 */
export function knownCause(failure) {
  const text = failure instanceof Error ? `${failure.code ?? ""} ${failure.message}` : String(failure);
  return knownCauses.find(([pattern]) => pattern.test(text))?.[1];
}

/**
 * The text to show for a failure: a sentence where the cause is known, the stack where it is not.
 * @param {unknown} failure
 */
export function describeFailure(failure) {
  if (failure instanceof UserError) return failure.message;
  const cause = knownCause(failure);
  const detail = failure instanceof Error ? (failure.stack ?? failure.message) : String(failure);
  return cause ? `${cause}\n  (${failure instanceof Error ? failure.message : detail})` : detail;
}

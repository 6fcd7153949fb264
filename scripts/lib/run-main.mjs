import { describeFailure } from "./errors.mjs";
import { stopAllPrograms } from "./processes.mjs";

/** Both a terminal and the program that relays signals may deliver the same Ctrl-C; only a later one means "at once". */
const repeatedAfterMs = 1500;
const signals = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 };

/**
 * Runs a script's main function. However it ends, normally, by an error or by a signal, the programs that still run are
 * stopped, then what it registered is undone in reverse order. Never returns.
 * @param {(context: { defer: (undo: () => unknown) => void }) => Promise<number | void>} main
 * @param {object} [options]
 * @param {number} [options.interruptedCode] exit code after a signal; by default the usual 128 + number
 * @param {number} [options.graceMs] how long programs may take to end by themselves
 * @param {(message: string) => void} [options.log] says that a signal was understood, and when all is done
 */
export async function runMain(main, { interruptedCode, graceMs, log } = {}) {
  const undos = [];
  let ending;

  const end = (code) => {
    if (ending) return ending;
    undos.push(() => stopAllPrograms(graceMs));
    ending = undoAll(undos, code).then((final) => {
      log?.("Stopped.");
      process.exit(final);
    });
    return ending;
  };
  const fail = (error) => {
    // What breaks while everything is being stopped is a consequence of stopping it.
    if (!ending) console.error(`\n${describeFailure(error)}`);
    return end(1);
  };

  watchSignals((code) => {
    if (!ending) log?.("Stopping …");
    void end(interruptedCode ?? code);
  });
  process.on("uncaughtException", fail);
  process.on("unhandledRejection", fail);
  try {
    const code = await main({ defer: (undo) => undos.push(undo) });
    await end(code ?? 0);
  } catch (error) {
    await fail(error);
  }
}

function watchSignals(onSignal) {
  let firstAt;
  for (const [signal, code] of Object.entries(signals)) {
    process.on(signal, () => {
      firstAt ??= Date.now();
      if (Date.now() - firstAt > repeatedAfterMs) process.exit(code);
      onSignal(code);
    });
  }
}

/** The list may still grow meanwhile: what was just being started registers itself when it is there. */
async function undoAll(undos, code) {
  let final = code;
  while (undos.length > 0) {
    try {
      await undos.pop()();
    } catch (error) {
      console.error(describeFailure(error));
      final ||= 1;
    }
  }
  return final;
}

// Preloaded into every program we start (`node --import`): ends it when the process that started it dies, even by kill -9.
// The starter holds the other end of the pipe at file descriptor 3 and never writes to it; its death closes the pipe.
import net from "node:net";
import { isMainThread } from "node:worker_threads";

const starter = process.env.TOLLKEEPER_TETHER;

// Programs hand their environment and preloads on to children and threads of their own: those are not tethered to us.
if (starter && isMainThread) {
  delete process.env.TOLLKEEPER_TETHER;
  if (process.ppid === Number(starter)) watchPipe();
  else process.exit(1);
}

function watchPipe() {
  const pipe = new net.Socket({ fd: 3 });
  pipe.unref();
  pipe.on("error", () => {});
  pipe.once("close", endProcess);
  pipe.resume();
}

function endProcess() {
  process.kill(process.pid, "SIGTERM");
  setTimeout(() => {
    try {
      process.kill(-process.pid, "SIGKILL");
    } catch {
      process.exit(1);
    }
  }, 30_000).unref();
}

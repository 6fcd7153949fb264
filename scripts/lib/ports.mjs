import net from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { UserError } from "./errors.mjs";

/** A TCP port of the loopback interface that nobody uses at the moment. */
export async function freePort() {
  const server = await listen({ port: 0, host: "127.0.0.1" });
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Whether a server could listen on the port, on all interfaces and on loopback alike. */
export async function isPortFree(port) {
  for (const host of [undefined, "127.0.0.1"]) {
    try {
      const server = await listen({ port, host });
      await new Promise((resolve) => server.close(resolve));
    } catch (error) {
      if (error.code === "EACCES")
        throw new UserError(`Port ${port} needs administrator rights. Choose one above 1023.`);
      if (error.code !== "EADDRINUSE") throw error;
      return false;
    }
  }
  return true;
}

/**
 * Fails with advice when a port is taken.
 * @param {{ name: string, variable: string, port: number }[]} wanted
 * @param {number} patienceMs how long to wait for a former process to let go of it
 */
export async function assertPortsFree(wanted, patienceMs = 0) {
  const deadline = Date.now() + patienceMs;
  for (const { name, variable, port } of wanted) {
    while (!(await isPortFree(port))) {
      if (Date.now() >= deadline) {
        throw new UserError(
          `Port ${port}, wanted for the ${name}, is used by another program.\n` +
            `Stop that program, or choose another port: ${variable}=${port + 1} npm start`,
        );
      }
      await sleep(100);
    }
  }
}

/** Whether something accepts connections on the loopback port. */
export function acceptsConnections(port) {
  return new Promise((resolve) => {
    const socket = net.connect({ port, host: "127.0.0.1" });
    const answer = (accepted) => {
      socket.destroy();
      resolve(accepted);
    };
    socket.setTimeout(1000, () => answer(false));
    socket.once("connect", () => answer(true));
    socket.once("error", () => answer(false));
  });
}

function listen(options) {
  return new Promise((resolve, reject) => {
    const server = net.createServer();
    server.once("error", reject);
    server.listen(options, () => resolve(server));
  });
}

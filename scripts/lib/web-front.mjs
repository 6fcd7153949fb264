// Preloaded into the web server (`node --import`), whether it serves a build or compiles on demand: sees every request
// before Next does. Node tells of a request on this channel before anybody is asked to answer it.
import { subscribe } from "node:diagnostics_channel";
import { clientAddress, parseTrustedProxies } from "./client-address.mjs";

/** As in server/lib/client-info.ts, which believes the header only where this mark is. */
const header = "x-client-address";
globalThis[Symbol.for("tollkeeper.client-address")] = true;

const trusted = parseTrustedProxies(process.env.TRUSTED_PROXIES);
const isHttps = process.env.AUTH_URL?.startsWith("https:") ?? false;

subscribe("http.server.request.start", ({ request, response }) => {
  stampClientAddress(request);
  // One year, as lists of such hosts demand; on answers of every kind, errors and files included.
  if (isHttps) response.setHeader("Strict-Transport-Security", "max-age=31536000; includeSubDomains");
});

/** Replaces whatever the request says about itself; where the address is not known, nothing is said. */
function stampClientAddress(request) {
  const { headers, rawHeaders } = request;
  const address = clientAddress({
    socketAddress: request.socket.remoteAddress,
    forwardedFor: headers["x-forwarded-for"],
    trusted,
  });
  delete headers[header];
  if (address) headers[header] = address;
  // The other form of the same headers keeps its length, which Node counts by.
  for (let index = 0; index < rawHeaders.length; index += 2)
    if (rawHeaders[index].toLowerCase() === header) rawHeaders[index + 1] = address ?? "";
}

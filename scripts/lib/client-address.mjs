import net from "node:net";
import { UserError } from "./errors.mjs";

/**
 * Whose X-Forwarded-For is believed: so many proxies in front of us, or those in these networks.
 * @typedef {{ hops: number } | { networks: net.BlockList }} TrustedProxies
 */

/**
 * Reads TRUSTED_PROXIES: a number of proxies, or addresses and networks with commas. Nothing: nobody is believed.
 * @param {string | undefined} text
 * @returns {TrustedProxies}
 * @throws {UserError} that says what is wrong
 */
export function parseTrustedProxies(text) {
  const value = text?.trim() ?? "";
  if (/^\d+$/.test(value)) return { hops: hopsOf(value) };
  const networks = new net.BlockList();
  for (const entry of value.split(",").map((part) => part.trim())) {
    if (entry) addNetwork(networks, entry);
  }
  return { networks };
}

/**
 * The address a request comes from: that of the connection, or what trusted proxies say about who connected to them.
 * Read from the right, because everything further left was written by who asks.
 * @param {{ socketAddress: string | undefined, forwardedFor: string | undefined, trusted: TrustedProxies }} request
 * @returns {string | null} null when the connection is gone already
 */
export function clientAddress({ socketAddress, forwardedFor, trusted }) {
  const nearest = plainAddress(socketAddress ?? "");
  if (!nearest) return null;
  const entries = forwardedFor?.split(",").map(plainAddress) ?? [];
  const ways = [nearest, ...entries.reverse()];
  const isTrusted = (address, index) =>
    "hops" in trusted ? index < trusted.hops : trusted.networks.check(address, familyOf(address));
  let known = nearest;
  for (const [index, address] of ways.entries()) {
    // A trusted proxy that writes no address says nothing: the last one known is its own.
    if (!address) break;
    known = address;
    if (!isTrusted(address, index)) break;
  }
  return known;
}

/** Without port, brackets, zone, or the IPv6 clothes of an IPv4 address; null for anything else than an address. */
function plainAddress(text) {
  const [, bracketed] = /^\[([^\]]+)\](?::\d+)?$/.exec(text.trim()) ?? [];
  const [, withPort] = /^([\d.]+):\d+$/.exec(text.trim()) ?? [];
  const address = (bracketed ?? withPort ?? text.trim()).replace(/%.*$/, "").replace(/^::ffff:(?=[\d.]+$)/i, "");
  return net.isIP(address) ? address : null;
}

const familyOf = (address) => (net.isIPv6(address) ? "ipv6" : "ipv4");

function hopsOf(value) {
  const hops = Number(value);
  if (hops <= 10) return hops;
  throw new UserError(`TRUSTED_PROXIES is a number of proxies (at most 10) or a list of networks, not "${value}".`);
}

function addNetwork(networks, entry) {
  const [address = "", prefix] = entry.split("/");
  const family = familyOf(address);
  const widest = family === "ipv6" ? 128 : 32;
  const bits = prefix === undefined ? widest : /^\d{1,3}$/.test(prefix) ? Number(prefix) : Number.NaN;
  if (!net.isIP(address) || !(bits <= widest))
    throw new UserError(`TRUSTED_PROXIES: "${entry}" is neither an address nor a network such as 10.0.0.0/8.`);
  networks.addSubnet(address, bits, family);
}

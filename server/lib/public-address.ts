import ipaddr from "ipaddr.js";

/** Public by number, yet answered by the cloud's own host: Azure's "wire server", which hands out credentials. */
const metadataHosts = new Set(["168.63.129.16"]);

/** All that IANA gives to registries; old forms such as ::7f00:1, an IPv4 address in disguise, lie outside. */
const ipv6OfTheInternet = ipaddr.IPv6.parseCIDR("2000::/3");

/**
 * Whether an IP address belongs to the internet at large. Everything else is refused: loopback, private and link-local
 * networks, carrier-grade NAT, multicast, documentation, clouds' metadata, IPv6 forms that lead to an IPv4 address by a
 * translator (NAT64, 6to4, Teredo), and what of IPv6 nobody has been given. An IPv4 address in IPv6 clothes is judged as what it is.
 */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.process(address);
  const isGiven = parsed.kind() === "ipv4" || parsed.match(...ipv6OfTheInternet);
  return isGiven && parsed.range() === "unicast" && !metadataHosts.has(parsed.toString());
}

import { expect, it } from "vitest";
import { isPublicAddress } from "@/server/lib/public-address";

it.each([
  ["loopback", "127.0.0.1"],
  ["loopback", "127.255.255.254"],
  ["loopback", "::1"],
  ["this host", "0.0.0.0"],
  ["this host", "::"],
  ["private", "10.0.0.1"],
  ["private", "172.16.0.1"],
  ["private", "172.31.255.255"],
  ["private", "192.168.1.1"],
  ["unique local", "fd12:3456::1"],
  ["link-local", "169.254.1.1"],
  ["link-local", "fe80::1"],
  ["link-local with a zone", "fe80::1%eth0"],
  ["site-local", "fec0::1"],
  ["metadata of AWS, Google and Azure", "169.254.169.254"],
  ["metadata of AWS over IPv6", "fd00:ec2::254"],
  ["metadata of Alibaba", "100.100.100.200"],
  ["metadata of Oracle", "192.0.0.192"],
  ["wire server of Azure", "168.63.129.16"],
  ["carrier-grade NAT", "100.64.0.1"],
  ["benchmarks", "198.18.0.1"],
  ["documentation", "203.0.113.1"],
  ["documentation", "2001:db8::1"],
  ["multicast", "224.0.0.1"],
  ["multicast", "ff02::1"],
  ["reserved", "240.0.0.1"],
  ["broadcast", "255.255.255.255"],
  ["mapped loopback", "::ffff:127.0.0.1"],
  ["mapped loopback in hexadecimal", "::ffff:7f00:1"],
  ["mapped private", "::ffff:10.0.0.1"],
  ["compatible loopback", "::127.0.0.1"],
  ["compatible loopback in hexadecimal", "::7f00:1"],
  ["given to nobody", "4000::1"],
  ["NAT64 of loopback", "64:ff9b::7f00:1"],
  ["NAT64 of a local network", "64:ff9b:1::a00:1"],
  ["6to4 of loopback", "2002:7f00:1::"],
  ["Teredo", "2001:0:53aa:64c::1"],
  ["discarded", "100::1"],
  ["no address", "localhost"],
  ["no address", ""],
])("%s is not public: %s", (_, address) => {
  expect(isPublicAddress(address)).toBe(false);
});

it.each(["93.184.215.14", "8.8.8.8", "172.32.0.1", "100.128.0.1", "2606:4700::1111", "::ffff:8.8.8.8"])(
  "%s is public",
  (address) => {
    expect(isPublicAddress(address)).toBe(true);
  },
);

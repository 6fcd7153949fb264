import { createSocket } from "node:dgram";
import type { AddressInfo } from "node:net";

/** TXT records, each in its pieces; or how the server lets one down. A name that was not set does not exist. */
export type DnsAnswer = string[][] | "no_such_type" | "broken" | "silent";

export type Dns = {
  /** For DNS_SERVERS and Resolver.setServers. */
  address: string;
  set: (name: string, answer: DnsAnswer | null) => void;
  /** Names that were asked for, in order. */
  asked: readonly string[];
  close: () => Promise<void>;
};

const HEADER_BYTES = 12;
const TXT = 16;
const codes = { done: 0, broken: 2, noSuchName: 3 } as const;

/** A DNS server on loopback that knows TXT records (RFC 1035), for one question in a packet. */
export async function startDns(port = 0): Promise<Dns> {
  const answers = new Map<string, DnsAnswer>();
  const asked: string[] = [];
  const socket = createSocket("udp4");
  socket.on("message", (query, from) => {
    const { name, end } = readName(query);
    asked.push(name);
    const answer = answers.get(name);
    if (answer !== "silent") socket.send(reply(query, end, answer), from.port, from.address);
  });
  await new Promise<void>((resolve) => socket.bind(port, "127.0.0.1", resolve));
  return {
    address: `127.0.0.1:${(socket.address() as AddressInfo).port}`,
    set: (name, answer) => (answer === null ? answers.delete(name) : answers.set(name, answer)),
    asked,
    close: () => new Promise((resolve) => socket.close(() => resolve())),
  };
}

/** The name that is asked for, and where its labels end. */
function readName(query: Buffer): { name: string; end: number } {
  const labels: string[] = [];
  let at = HEADER_BYTES;
  for (let length = query.readUInt8(at); length > 0; length = query.readUInt8(at)) {
    labels.push(query.toString("latin1", at + 1, at + 1 + length));
    at += 1 + length;
  }
  return { name: labels.join(".").toLowerCase(), end: at + 1 };
}

function reply(query: Buffer, nameEnd: number, answer: DnsAnswer | undefined): Buffer {
  const question = query.subarray(HEADER_BYTES, nameEnd + 4);
  const records = Array.isArray(answer) ? answer.map(record) : [];
  const code = answer === undefined ? codes.noSuchName : answer === "broken" ? codes.broken : codes.done;
  const header = Buffer.alloc(HEADER_BYTES);
  query.copy(header, 0, 0, 2);
  header.writeUInt16BE(0x8180 | code, 2);
  header.writeUInt16BE(1, 4);
  header.writeUInt16BE(records.length, 6);
  return Buffer.concat([header, question, ...records]);
}

function record(pieces: string[]): Buffer {
  const data = Buffer.concat(pieces.map((piece) => Buffer.concat([Buffer.from([piece.length]), Buffer.from(piece)])));
  const head = Buffer.alloc(12);
  head.writeUInt16BE(0xc00c, 0); // the name of the question
  head.writeUInt16BE(TXT, 2);
  head.writeUInt16BE(1, 4);
  head.writeUInt16BE(data.length, 10);
  return Buffer.concat([head, data]);
}

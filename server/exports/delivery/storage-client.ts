import { Readable } from "node:stream";
import type { S3Client } from "@aws-sdk/client-s3";
import type { StorageTarget } from "@/server/exports/schema";
import { safeFetch } from "@/server/lib/safe-fetch";

/** Of one call: a part of a file at most, on a slow line. */
const CALL_MS = 120_000;
const ATTEMPTS = 3;

/** Large, and needed by scheduled exports alone. */
const sdk = () => import("@aws-sdk/client-s3");

/**
 * AWS' client for a storage whose address somebody typed: every call goes through the guard against private addresses,
 * and credentials are those given, never the machine's own.
 */
export async function storageClient(target: StorageTarget, secretAccessKey: string): Promise<S3Client> {
  const { S3Client: Client } = await sdk();
  return new Client({
    region: target.region,
    ...(target.endpoint !== null && { endpoint: target.endpoint }),
    forcePathStyle: target.isPathStyle,
    credentials: { accessKeyId: target.accessKeyId, secretAccessKey },
    maxAttempts: ATTEMPTS,
    retryMode: "standard",
    useDualstackEndpoint: false,
    useFipsEndpoint: false,
    followRegionRedirects: false,
    // Storages other than Amazon's refuse the checksums that its client adds of itself; TLS and the signature remain.
    requestChecksumCalculation: "WHEN_REQUIRED",
    responseChecksumValidation: "WHEN_REQUIRED",
    requestHandler: { handle: guardedCall, destroy: () => {} },
  });
}

type SdkRequest = {
  method: string;
  protocol: string;
  hostname: string;
  port?: number;
  path: string;
  query?: Record<string, string | string[] | null>;
  headers: Record<string, string>;
  body?: unknown;
};
type SdkOptions = { abortSignal?: unknown };

async function guardedCall(request: SdkRequest, { abortSignal }: SdkOptions = {}) {
  const headers = Object.fromEntries(
    Object.entries(request.headers)
      .map(([name, value]): [string, string] => [name.toLowerCase(), value])
      .filter(([name]) => !setByFetch.has(name)),
  );
  const signal = abortSignal instanceof AbortSignal ? abortSignal : undefined;
  const body = request.body as BodyInit | undefined;
  const init = { method: request.method, headers, body, signal, redirect: "manual" as const };
  const answer = await safeFetch(urlOf(request), init, { timeoutMs: CALL_MS });
  return {
    response: {
      statusCode: answer.status,
      reason: answer.statusText,
      headers: Object.fromEntries(answer.headers),
      body: Readable.from([Buffer.from(await answer.arrayBuffer())]),
    },
  };
}

/** Fetch says these itself, and refuses "Expect: 100-continue", which comes with every large part; but for the host none is signed. */
const setByFetch = new Set(["host", "content-length", "expect"]);

/** As it was signed: encoded by RFC 3986, which leaves less alone than URLSearchParams does. */
function urlOf({ protocol, hostname, port, path, query = {} }: SdkRequest): string {
  const pairs = Object.entries(query).flatMap(([name, value]) =>
    (Array.isArray(value) ? value : [value ?? ""]).map((one) => `${encode(name)}=${encode(one)}`),
  );
  const search = pairs.length > 0 ? `?${pairs.join("&")}` : "";
  return `${protocol}//${hostname}${port ? `:${port}` : ""}${path}${search}`;
}

const encode = (text: string) =>
  encodeURIComponent(text).replaceAll(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );

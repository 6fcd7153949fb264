import { createHash, createHmac, randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";

/**
 * A strict stand-in for a storage that speaks S3's protocol, bucket in the path: it checks the signature of every call and
 * the hash of every body by itself, takes parts only of an upload that was begun, and shows a file only once it is whole.
 * Source: Amazon S3 API reference; AWS Signature Version 4.
 */
export type StandInStorage = {
  url: string;
  /** By bucket and name: "reports/finance/costs.csv". */
  files: Map<string, { content: Buffer; type: string; parts: number }>;
  /** Uploads that were neither completed nor given up. */
  open: Map<string, Upload>;
  /** The next call is answered with this error, once. */
  failNext: (code: string, status: number) => void;
  close: () => Promise<void>;
};

type Upload = { file: string; type: string; parts: Map<number, Buffer> };
type Credentials = { accessKeyId: string; secretAccessKey: string; region: string };

/** Every part but the last has at least so many bytes. */
const LEAST_PART_BYTES = 5 * 1024 * 1024;

class Refusal extends Error {
  constructor(
    readonly code: string,
    readonly status: number,
  ) {
    super(code);
  }
}

export async function startStorage(credentials: Credentials, buckets: readonly string[]): Promise<StandInStorage> {
  const files: StandInStorage["files"] = new Map();
  const open: StandInStorage["open"] = new Map();
  let failure: Refusal | null = null;

  const handle = async (request: IncomingMessage, response: ServerResponse) => {
    const body = await buffer(request);
    const url = new URL(request.url ?? "/", "http://storage");
    try {
      if (failure) {
        const thrown = failure;
        failure = null;
        throw thrown;
      }
      verify(request, url, { body, credentials });
      const file = decodeURIComponent(url.pathname.slice(1));
      if (!buckets.includes(file.split("/")[0] ?? "")) throw new Refusal("NoSuchBucket", 404);
      answer({ request, response, body, query: url.searchParams, file });
    } catch (error) {
      const { code, status } = error instanceof Refusal ? error : new Refusal("InternalError", 500);
      response.writeHead(status, { "content-type": "application/xml" });
      response.end(`<?xml version="1.0"?><Error><Code>${code}</Code><Message>${code}</Message></Error>`);
    }
  };

  const answer = ({ request, response, body, query, file }: Call) => {
    const type = request.headers["content-type"] ?? "";
    const upload = query.get("uploadId");
    const found = upload === null ? undefined : open.get(upload);
    if (upload !== null && found?.file !== file) throw new Refusal("NoSuchUpload", 404);
    if (request.method === "POST" && query.has("uploads")) {
      const id = randomUUID();
      open.set(id, { file, type, parts: new Map() });
      return xml(response, "InitiateMultipartUploadResult", `<UploadId>${id}</UploadId>`);
    }
    if (request.method === "PUT" && found) {
      found.parts.set(Number(query.get("partNumber")), body);
      return response.writeHead(200, { etag: etagOf(body) }).end();
    }
    if (request.method === "POST" && found && upload) {
      files.set(file, complete(found, body.toString()));
      open.delete(upload);
      return xml(response, "CompleteMultipartUploadResult", `<ETag>${etagOf(body)}</ETag>`);
    }
    if (request.method === "DELETE" && upload) {
      open.delete(upload);
      return response.writeHead(204).end();
    }
    if (request.method !== "PUT") throw new Refusal("MethodNotAllowed", 405);
    files.set(file, { content: body, type, parts: 1 });
    return response.writeHead(200, { etag: etagOf(body) }).end();
  };

  const server = createServer((request, response) => void handle(request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    files,
    open,
    failNext: (code, status) => {
      failure = new Refusal(code, status);
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

type Call = { request: IncomingMessage; response: ServerResponse; body: Buffer; query: URLSearchParams; file: string };

const etagOf = (body: Buffer) => `"${createHash("md5").update(body).digest("hex")}"`;

const xml = (response: ServerResponse, root: string, content: string) =>
  response
    .writeHead(200, { "content-type": "application/xml" })
    .end(`<?xml version="1.0"?><${root} xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${content}</${root}>`);

/** The parts as the list of the caller names them, in order, each with the tag that it was given. */
function complete({ type, parts }: Upload, list: string) {
  const named = [...list.matchAll(/<Part>(.*?)<\/Part>/gs)].map(([, part = ""]) => ({
    number: Number(/<PartNumber>(\d+)/.exec(part)?.[1]),
    etag: (/<ETag>(.*?)<\/ETag>/.exec(part)?.[1] ?? "").replaceAll("&quot;", '"'),
  }));
  const content = named.map(({ number, etag }, index) => {
    const part = parts.get(number);
    if (!part || etagOf(part) !== etag) throw new Refusal("InvalidPart", 400);
    if (index < named.length - 1 && part.byteLength < LEAST_PART_BYTES) throw new Refusal("EntityTooSmall", 400);
    return part;
  });
  return { content: Buffer.concat(content), type, parts: named.length };
}

type Signed = { body: Buffer; credentials: Credentials };

/** Signature Version 4, computed from the request as it arrived. */
function verify(request: IncomingMessage, url: URL, { body, credentials }: Signed) {
  const header = (name: string) => String(request.headers[name] ?? "");
  const [, keyId, scope = "", names = "", signature] =
    /^AWS4-HMAC-SHA256 Credential=([^/]+)\/([^,]+), SignedHeaders=([^,]+), Signature=([0-9a-f]{64})$/.exec(
      header("authorization"),
    ) ?? [];
  if (!signature) throw new Refusal("AccessDenied", 403);
  if (keyId !== credentials.accessKeyId) throw new Refusal("InvalidAccessKeyId", 403);
  const [day = "", region = ""] = scope.split("/");
  if (region !== credentials.region) throw new Refusal("AuthorizationHeaderMalformed", 400);
  const bodyHash = header("x-amz-content-sha256");
  if (bodyHash !== createHash("sha256").update(body).digest("hex")) throw new Refusal("XAmzContentSHA256Mismatch", 400);
  const canonical = [
    request.method,
    url.pathname,
    canonicalQuery(url.searchParams),
    ...names.split(";").map((name) => `${name}:${header(name).trim()}`),
    "",
    names,
    bodyHash,
  ].join("\n");
  const text = ["AWS4-HMAC-SHA256", header("x-amz-date"), scope, createHash("sha256").update(canonical).digest("hex")];
  const key = [day, region, "s3", "aws4_request"].reduce<Buffer | string>(
    (sealed, part) => createHmac("sha256", sealed).update(part).digest(),
    `AWS4${credentials.secretAccessKey}`,
  );
  const expected = createHmac("sha256", key).update(text.join("\n")).digest("hex");
  if (expected !== signature) throw new Refusal("SignatureDoesNotMatch", 403);
}

const canonicalQuery = (query: URLSearchParams) =>
  [...query]
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
    .toSorted()
    .join("&");

/** A request's body, or null as soon as it turns out larger than `maxBytes`, whatever its headers promised. */
export async function readBounded(body: ReadableStream<Uint8Array> | null, maxBytes: number) {
  const chunks: Uint8Array[] = [];
  let size = 0;
  if (body) {
    for await (const chunk of body) {
      size += chunk.byteLength;
      if (size > maxBytes) return null;
      chunks.push(chunk);
    }
  }
  return new Uint8Array(Buffer.concat(chunks));
}

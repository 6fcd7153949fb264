import type { UploadAnswer } from "@/server/imports/schema";

type Upload = {
  org: string;
  /** The import to put it into; a new one is begun without. */
  importId: string | null;
  file: File;
  /** Part of the file that has been sent, 0 to 1. */
  onProgress: (part: number) => void;
};

/** An answer that is no success: shaped like an error of a procedure, so that the same sentences are found for it. */
export class UploadError extends Error {
  readonly data: { reason: string; requestId: string | null } | null;

  constructor(data: UploadError["data"]) {
    super(data?.reason ?? "unreachable");
    this.data = data;
  }
}

/** Sends one file. XMLHttpRequest, because fetch does not tell how far it has come. @throws UploadError */
export function uploadFile({ org, importId, file, onProgress }: Upload): Promise<UploadAnswer> {
  const parameters = new URLSearchParams({ name: file.name, ...(importId && { import: importId }) });
  const request = new XMLHttpRequest();
  request.open("POST", `/api/orgs/${org}/imports?${parameters}`);
  request.responseType = "json";
  request.upload.addEventListener("progress", ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0));
  return new Promise((resolve, reject) => {
    request.addEventListener("load", () => {
      if (request.status === 200) resolve(request.response as UploadAnswer);
      else reject(new UploadError(errorOf(request.response)));
    });
    for (const event of ["error", "abort", "timeout"])
      request.addEventListener(event, () => reject(new UploadError(null)));
    request.send(file);
  });
}

type ErrorBody = { error?: { reason: string; requestId: string } } | null;

const errorOf = (body: unknown) => (body as ErrorBody)?.error ?? { reason: "internal", requestId: null };

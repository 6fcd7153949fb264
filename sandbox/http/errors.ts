interface ErrorDetails {
  type?: string;
  param?: string | null;
  code?: string | null;
  headers?: Record<string, string>;
  /** The flat shape {code, message} that the rate limit operations use for an unknown project. */
  isFlat?: boolean;
}

/** An answer in the provider's error shape. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    message: string,
    readonly details: ErrorDetails = {},
  ) {
    super(message);
  }

  body(): object {
    if (this.details.isFlat) return { code: this.status, message: this.message };
    const { type = "invalid_request_error", param = null, code = null } = this.details;
    return { error: { message: this.message, type, param, code } };
  }
}

export function badRequest(message: string, param: string | null = null, code: string | null = null): ApiError {
  return new ApiError(400, message, { param, code });
}

export function notFound(what: string, id: string): ApiError {
  return new ApiError(404, `No such ${what}: ${id}`, { code: "not_found" });
}

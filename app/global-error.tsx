"use client";

import "./globals.css";

/** Nothing of the application could be loaded, the message files included: both languages, in plain words. */
export default function GlobalErrorPage({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <html lang="en">
      <body>
        <title>Tollkeeper</title>
        <main className="grid min-h-dvh place-content-center justify-items-center gap-3 px-6 text-center">
          <h1 className="text-lg font-semibold">Tollkeeper could not be shown</h1>
          <p className="max-w-md text-muted-foreground">
            An unexpected error stopped it. Your data is not affected. Try again.
          </p>
          <p lang="ko" className="max-w-md text-muted-foreground">
            예기치 못한 오류가 생겼습니다. 데이터에는 영향이 없습니다. 다시 시도해 주세요.
          </p>
          {error.digest && <p className="font-mono text-xs text-muted-foreground">{error.digest}</p>}
          <button
            type="button"
            onClick={reset}
            className="mt-2 h-10 rounded-md bg-primary px-4 font-medium text-primary-foreground"
          >
            Try again · 다시 시도
          </button>
        </main>
      </body>
    </html>
  );
}

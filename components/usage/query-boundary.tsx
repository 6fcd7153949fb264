"use client";

import { QueryErrorResetBoundary } from "@tanstack/react-query";
import { Component, type ReactNode, Suspense } from "react";
import { ErrorState } from "@/components/layout/error-state";
import { useErrorText } from "@/components/lib/use-error-text";

type QueryBoundaryProps = {
  /** Has the shape of what is coming. */
  fallback: ReactNode;
  /** What stands in for a failure; the full explanation when left out. */
  failure?: ReactNode | ((error: unknown, retry: () => void) => ReactNode);
  /** A new value is a new attempt: another range, or somebody pressed "try again" elsewhere on the page. */
  resetKey?: string;
  /** Called with each new attempt. */
  onRetry?: () => void;
  children: ReactNode;
};

/** Waits for and survives the queries below it; the rest of the page stays usable. */
export function QueryBoundary({ fallback, failure, resetKey, onRetry, children }: QueryBoundaryProps) {
  return (
    <QueryErrorResetBoundary>
      {({ reset }) => (
        <Catch
          resetKey={resetKey}
          onReset={() => {
            reset();
            onRetry?.();
          }}
          render={(error, retry) => {
            if (failure === undefined) return <QueryFailure error={error} retry={retry} />;
            return typeof failure === "function" ? failure(error, retry) : failure;
          }}
        >
          <Suspense fallback={fallback}>{children}</Suspense>
        </Catch>
      )}
    </QueryErrorResetBoundary>
  );
}

/** What went wrong, and trying again. */
export function QueryFailure({ error, retry }: { error: unknown; retry: () => void }) {
  const { text, requestId } = useErrorText()(error);
  return <ErrorState description={text} requestId={requestId ?? undefined} onRetry={retry} />;
}

type CatchProps = {
  resetKey: string | undefined;
  onReset: () => void;
  render: (error: unknown, retry: () => void) => ReactNode;
  children: ReactNode;
};
type CatchState = { error: unknown; hasFailed: boolean };

class Catch extends Component<CatchProps, CatchState> {
  override state: CatchState = { error: null, hasFailed: false };

  static getDerivedStateFromError(error: unknown): CatchState {
    // Redirects and not-found travel as errors with a digest of the framework's own: not ours to catch.
    if (isNavigation(error)) throw error;
    return { error, hasFailed: true };
  }

  override componentDidUpdate(before: CatchProps, { hasFailed: hadFailed }: CatchState) {
    // Not for the failure that this very change brought: its attempt has just been made.
    if (hadFailed && before.resetKey !== this.props.resetKey) this.retry();
  }

  private readonly retry = () => {
    this.props.onReset();
    this.setState({ error: null, hasFailed: false });
  };

  override render() {
    return this.state.hasFailed ? this.props.render(this.state.error, this.retry) : this.props.children;
  }
}

function isNavigation(error: unknown): boolean {
  return typeof error === "object" && error !== null && "digest" in error && String(error.digest).startsWith("NEXT_");
}

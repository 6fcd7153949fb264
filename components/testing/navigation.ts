import { vi } from "vitest";

/** Where the router was sent. */
export const push = vi.fn<(href: string) => void>();

/** Stands in for the router of Next, which only runs around pages. */
export const useRouter = () => ({ push });

/** A person's account, as far as signing in and writing to its owner need it. */
export type Account = { id: string; email: string; name: string; locale: string | null };

export const accountColumns = { id: true, email: true, name: true, locale: true } as const;

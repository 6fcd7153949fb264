const MS_PER_DAY = 86_400_000;

/** The UTC day so many days from today: "2026-11-20". */
export const day = (offset: number): string => new Date(Date.now() + offset * MS_PER_DAY).toISOString().slice(0, 10);

export const firstOfMonth = (): string => `${day(0).slice(0, 7)}-01`;

/** The usual range of the pages: thirty days, today among them; `to` is exclusive. */
export const last30Days = () => ({ from: day(-29), to: day(1) });

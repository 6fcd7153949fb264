/** A count as the figures take it; unknown stays unknown. */
export const countText = (count: number | null) => (count === null ? null : String(count));

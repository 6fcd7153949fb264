/** Shows or hides one series; the last visible one cannot be hidden, it brings all back instead. */
export function toggleSeries(hidden: ReadonlySet<string>, key: string, all: readonly string[]): ReadonlySet<string> {
  const next = new Set(hidden);
  if (!next.delete(key)) next.add(key);
  return all.every((candidate) => next.has(candidate)) ? new Set() : next;
}

/** Leaves one series alone; asked again for the lone one, it brings all back. */
export function isolateSeries(hidden: ReadonlySet<string>, key: string, all: readonly string[]): ReadonlySet<string> {
  const others = all.filter((candidate) => candidate !== key);
  const isAlone = !hidden.has(key) && others.length > 0 && others.every((candidate) => hidden.has(candidate));
  return isAlone ? new Set() : new Set(others);
}

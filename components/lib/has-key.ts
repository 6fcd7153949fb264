type Keyed<K> = { has: (key: K) => boolean };

/** Whether the message files hold `key`: narrows a text that came from the server. */
export const hasKey = <K extends string>(translator: Keyed<K>, key: string): key is K => translator.has(key as K);

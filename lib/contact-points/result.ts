/** A value read from what a person or a list wrote, or why it can't be one, in words. */
export type Parsed<T> = { ok: true; value: T } | { ok: false; reason: string };

/** Several values found in one cell, and the parts that are none. */
export type ParsedList<T> = { values: T[]; rejected: { text: string; reason: string }[] };

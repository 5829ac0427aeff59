/** A source of chance that gives the same demo every time: mulberry32, a 32-bit generator that is enough for made-up data. */
export type Random = {
  /** A number from 0 (in) to 1 (out). */
  next(): number;
  /** A whole number from `low` to `high`, both in. */
  int(low: number, high: number): number;
  /** One of a list. */
  pick<T>(list: readonly T[]): T;
  /** Some of a list, each once, in the order drawn. */
  some<T>(list: readonly T[], count: number): T[];
  /** True in this share of the draws, from 0 to 1. */
  chance(share: number): boolean;
  /** One of the keys, each as likely as its weight. */
  weighted<K extends string>(weights: Readonly<Record<K, number>>): K;
  /** A version 4 UUID. */
  uuid(): string;
};

/**
 * @param seed the same seed gives the same sequence
 */
export function randomFrom(seed: number): Random {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  const int = (low: number, high: number) => low + Math.floor(next() * (high - low + 1));
  function pick<T>(list: readonly T[]): T {
    const one = list[int(0, list.length - 1)];
    if (one === undefined) throw new Error('There is nothing to pick from');
    return one;
  }
  function some<T>(list: readonly T[], count: number): T[] {
    const left = [...list];
    const taken: T[] = [];
    while (taken.length < count && left.length > 0) taken.push(...left.splice(int(0, left.length - 1), 1));
    return taken;
  }
  function weighted<K extends string>(weights: Readonly<Record<K, number>>): K {
    const entries = Object.entries(weights) as [K, number][];
    let at = next() * entries.reduce((sum, [, weight]) => sum + weight, 0);
    for (const [key, weight] of entries) {
      at -= weight;
      if (at < 0) return key;
    }
    return pick(entries)[0];
  }
  const hex = (digits: number) => Array.from({ length: digits }, () => int(0, 15).toString(16)).join('');
  const uuid = () => `${hex(8)}-${hex(4)}-4${hex(3)}-${pick(['8', '9', 'a', 'b'])}${hex(3)}-${hex(12)}`;
  return { next, int, pick, some, chance: (share) => next() < share, weighted, uuid };
}

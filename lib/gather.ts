type Waiting<T, R> = { item: T; resolve: (result: R) => void; reject: (error: unknown) => void };

/**
 * Puts together what is asked at the same time: while one round trip is under way, what comes in waits and goes with the
 * next, so that a burst costs a few round trips instead of one each. Where a set fails, each of it is tried alone: what is
 * wrong with one is no other's fault.
 * @param run answers the results in the order of its items
 * @param most how many go at once
 */
export function gather<T, R>(run: (items: T[]) => Promise<R[]>, most = 200): (item: T) => Promise<R> {
  let waiting: Waiting<T, R>[] = [];
  let isRunning = false;

  const runSet = async (set: Waiting<T, R>[]): Promise<void> => {
    try {
      const results = await run(set.map(({ item }) => item));
      for (const [index, { resolve }] of set.entries()) resolve(results[index] as R);
    } catch (error) {
      const [only] = set;
      if (set.length === 1) only?.reject(error);
      else for (const one of set) await runSet([one]);
    }
  };

  const work = async (): Promise<void> => {
    isRunning = true;
    while (waiting.length > 0) {
      const set = waiting.slice(0, most);
      waiting = waiting.slice(most);
      await runSet(set);
    }
    isRunning = false;
  };

  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      if (!isRunning) void work();
    });
}

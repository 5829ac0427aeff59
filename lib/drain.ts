/** Less than this and a batch might not end in time, in milliseconds. */
const spareMs = 15_000;

/**
 * Works one batch after another until nothing is left, or the time is nearly up and the next run goes on.
 * @param batch works one batch; answers how many it worked, 0 where nothing was left
 * @param timeLeftMs milliseconds until the work must be handed back
 * @returns how many in all
 */
export async function drain(batch: () => Promise<number>, timeLeftMs: () => number): Promise<number> {
  let total = 0;
  while (timeLeftMs() > spareMs) {
    const worked = await batch();
    if (worked === 0) break;
    total += worked;
  }
  return total;
}

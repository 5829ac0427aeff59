import { api } from '@/lib/api-client';
import { formatCount } from '@/lib/format';

/** Says how many active cards go with properties that are to be deleted; null where none does. */
export async function cardsThatGo(propertyIds: readonly string[]): Promise<string | null> {
  const { count } = await api<{ count: number }>('POST', '/api/verification/active-count', {
    property_ids: propertyIds,
  });
  if (count === 0) return null;
  return `${formatCount(count, 'active card')} ${count === 1 ? 'leaves' : 'leave'} the verification board with ${
    propertyIds.length === 1 ? 'it' : 'them'
  }, and ${count === 1 ? 'comes' : 'come'} back where ${count === 1 ? 'it' : 'they'} stood if you undo this.`;
}

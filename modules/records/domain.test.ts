import { describe, expect, test } from 'vitest';
import {
  countLabel,
  isNarrowed,
  type ListDefinition,
  listSearch,
  naturalDirection,
  readListState,
} from './domain';

const list: ListDefinition = {
  entity: 'people',
  sorts: ['name', 'created'],
  filters: {
    lead_status: { kind: 'choice', values: ['new', 'hot'] },
    tags: { kind: 'choice' },
    has_email: { kind: 'presence' },
    assigned_to: { kind: 'member' },
  },
};

describe('the address of a list', () => {
  test('an address without anything is the list’s own order, everything shown', () => {
    expect(readListState(list, {})).toEqual({ q: '', filters: {}, sort: 'name', dir: 'asc' });
  });

  test('what an old or broken link holds is left out, the rest is kept', () => {
    const state = readListState(list, {
      lead_status: ['hot', 'gone'],
      has_email: 'perhaps',
      tags: '',
      sort: 'nonsense',
      dir: 'up',
      unknown: 'x',
      q: '  ada\0\ud83d  ',
      assigned_to: 'somebody',
    });
    expect(state).toEqual({ q: 'ada', filters: { lead_status: ['hot'] }, sort: 'name', dir: 'asc' });
  });

  test('one value or several read alike, each once', () => {
    expect(readListState(list, { tags: 'oz' }).filters.tags).toEqual(['oz']);
    expect(readListState(list, { tags: ['oz', 'oz', 'q4'] }).filters.tags).toEqual(['oz', 'q4']);
  });

  test('times sort the latest first unless the address says otherwise', () => {
    expect(readListState(list, { sort: 'created' }).dir).toBe('desc');
    expect(readListState(list, { sort: 'created', dir: 'asc' }).dir).toBe('asc');
    expect(naturalDirection('name')).toBe('asc');
  });

  test('a state makes one query, whatever the order of its filters: it is the key of the cache', () => {
    const a = listSearch({ q: 'x', filters: { tags: ['a'], has_email: ['yes'] }, sort: 'name', dir: 'asc' });
    const b = listSearch({ q: 'x', filters: { has_email: ['yes'], tags: ['a'] }, sort: 'name', dir: 'asc' });
    expect(a).toBe(b);
    expect(a).toBe('q=x&has_email=yes&tags=a&sort=name&dir=asc');
  });

  test('a list is narrowed by words or filters, not by its order', () => {
    expect(isNarrowed({ q: '', filters: {} })).toBe(false);
    expect(isNarrowed({ q: 'a', filters: {} })).toBe(true);
    expect(isNarrowed({ q: '', filters: { tags: ['a'] } })).toBe(true);
  });
});

test('counts beyond what is counted say so', () => {
  expect(countLabel(1204)).toBe('1,204');
  expect(countLabel(10_000)).toBe('10,000');
  expect(countLabel(10_001)).toBe('10,000+');
});

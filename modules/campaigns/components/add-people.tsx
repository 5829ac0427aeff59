'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { use, useState } from 'react';
import { FilterBar, type FilterValue } from '@/components/filter-bar';
import { notify } from '@/components/notify';
import { Button } from '@/components/ui/button';
import { MultiSelect } from '@/components/ui/combobox';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { NativeSelect } from '@/components/ui/native-select';
import type { Option } from '@/components/ui/option-list';
import { api } from '@/lib/api-client';
import { formatCount, formatNumber } from '@/lib/format';
import { peopleList } from '@/modules/people/domain';
import { loadRecords } from '@/modules/records/components/load-records';
import { messageOf } from '@/modules/records/components/use-bulk';
import { useFilterFields } from '@/modules/records/components/use-filter-fields';
import { useCount } from '@/modules/records/components/use-records';
import { countLabel } from '@/modules/records/domain';
import type { Assignee } from '@/modules/records/queries';
import type { View } from '@/modules/views/schema';
import type { AddedRecipients } from '../answers';
import { CampaignSlotsContext } from './campaign-slots';
import { leftOutLine } from './left-out-words';
import { refreshCampaign } from './use-campaign';

const ways = [
  { id: 'view', label: 'A saved view' },
  { id: 'filter', label: 'A filter' },
  { id: 'people', label: 'Single people' },
] as const;
type Way = (typeof ways)[number]['id'];

/** What goes to the API: whom to take. */
type Choice =
  | { ids: readonly string[] }
  | { view_id: string }
  | { filter: Record<string, string | string[]>; q: string };

/** Chooses people for a campaign: those of a saved view, those a filter finds, or one by one. */
export function AddPeople({
  campaignId,
  members,
  onDone,
}: {
  campaignId: string;
  members: readonly Assignee[];
  onDone: () => void;
}) {
  const client = useQueryClient();
  const [way, setWay] = useState<Way>('view');
  const [busy, setBusy] = useState(false);

  async function add(choice: Choice): Promise<void> {
    setBusy(true);
    try {
      const { added, left_out } = await api<AddedRecipients>(
        'POST',
        `/api/campaigns/${campaignId}/recipients`,
        choice,
      );
      const left = leftOutLine(left_out);
      if (added > 0) {
        notify.success(`${formatCount(added, 'person', 'people')} added`, { description: left ?? undefined });
      } else {
        notify.info('Nobody was added', { description: left ?? 'Nobody was found there.' });
      }
      await refreshCampaign(client, campaignId);
      if (added > 0) onDone();
    } catch (error) {
      notify.error('Nobody was added', { description: messageOf(error) });
    } finally {
      setBusy(false);
    }
  }
  return (
    <section aria-label="Add people" className="mx-6 mb-3 rounded-lg border bg-card p-4 max-md:mx-4">
      <fieldset className="mb-3 flex flex-wrap items-center gap-0.5">
        <legend className="sr-only">Choose people by</legend>
        {ways.map(({ id, label }) => (
          <button
            key={id}
            type="button"
            aria-pressed={way === id}
            onClick={() => setWay(id)}
            className="focus-inset inline-flex h-7 items-center rounded-md px-2 text-muted-foreground text-sm hover:bg-accent hover:text-foreground aria-pressed:bg-accent aria-pressed:font-medium aria-pressed:text-foreground max-md:h-10"
          >
            {label}
          </button>
        ))}
      </fieldset>
      {way === 'view' ? <ByView busy={busy} onAdd={add} /> : null}
      {way === 'filter' ? <ByFilter members={members} busy={busy} onAdd={add} /> : null}
      {way === 'people' ? <ByName busy={busy} onAdd={add} /> : null}
    </section>
  );
}

type WayProps = { busy: boolean; onAdd: (choice: Choice) => Promise<void> };

/** "Add 214 people", as far as it is known how many. */
const addLabel = (count: number | undefined) =>
  count === undefined ? 'Add people' : `Add ${countLabel(count)} ${count === 1 ? 'person' : 'people'}`;

function ByView({ busy, onAdd }: WayProps) {
  const { data: views, isPending } = useQuery({
    queryKey: ['views', 'people'],
    queryFn: async () => (await api<{ views: View[] }>('GET', '/api/views?entity=people')).views,
  });
  const [chosen, setChosen] = useState<string | null>(null);
  const view = views?.find(({ id }) => id === chosen) ?? views?.[0];
  if (isPending) return <div className="h-8" />;
  if (!view) {
    return (
      <p className="text-muted-foreground text-sm">
        No view of people is saved yet. Filter the list of people and press Save view there, or choose by a
        filter here.
      </p>
    );
  }
  return (
    <div className="flex flex-wrap items-end gap-3">
      <Field label="View" className="min-w-56 max-md:w-full">
        {(control) => (
          <NativeSelect {...control} value={view.id} onChange={({ target }) => setChosen(target.value)}>
            {(views ?? []).map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </NativeSelect>
        )}
      </Field>
      <ViewButton view={view} busy={busy} onAdd={onAdd} />
    </div>
  );
}

function ViewButton({ view, busy, onAdd }: WayProps & { view: View }) {
  const count = useCount('people', { q: view.state.q, filters: view.state.filters });
  return (
    <Button loading={busy} disabled={count === 0} onClick={() => void onAdd({ view_id: view.id })}>
      {addLabel(count)}
    </Button>
  );
}

/** Filters as the people list's route reads them from an address: one value is a text, several are a list. */
const asQuery = (filters: FilterValue): Record<string, string | string[]> =>
  Object.fromEntries(
    Object.entries(filters).map(([key, values]) => [key, values.length === 1 ? (values[0] ?? '') : values]),
  );

function ByFilter({ members, busy, onAdd }: WayProps & { members: readonly Assignee[] }) {
  const { peopleFilters } = use(CampaignSlotsContext);
  const fields = useFilterFields(peopleList, peopleFilters, members);
  const [filters, setFilters] = useState<FilterValue>({});
  const [q, setQ] = useState('');
  const count = useCount('people', { q: q.trim(), filters });
  return (
    <div className="flex flex-wrap items-center gap-3">
      <Input
        type="search"
        aria-label="Search people"
        placeholder="Name, e-mail, organization"
        className="w-56 max-md:w-full"
        maxLength={200}
        value={q}
        onChange={({ target }) => setQ(target.value)}
      />
      <FilterBar fields={fields} value={filters} onChange={setFilters} />
      <Button
        className="ml-auto"
        loading={busy}
        disabled={count === 0}
        onClick={() => void onAdd({ filter: asQuery(filters), q: q.trim() })}
      >
        {addLabel(count)}
      </Button>
    </div>
  );
}

function ByName({ busy, onAdd }: WayProps) {
  const [chosen, setChosen] = useState<string[]>([]);
  const [labels, setLabels] = useState<Record<string, string>>({});
  const [loadOptions] = useState(
    () =>
      async (query: string, signal: AbortSignal): Promise<readonly Option[]> => {
        const found = await loadRecords.people(query, signal);
        setLabels((known) => ({
          ...known,
          ...Object.fromEntries(found.map(({ value, label }) => [value, label])),
        }));
        return found;
      },
  );
  return (
    <div className="flex flex-wrap items-end gap-3">
      <Field label="People" className="min-w-72 flex-1 max-md:w-full">
        {(control) => (
          <MultiSelect
            {...control}
            aria-label="People"
            placeholder="Find by name, e-mail or organization"
            searchPlaceholder="Type a name"
            loadOptions={loadOptions}
            labels={labels}
            value={chosen}
            onChange={setChosen}
          />
        )}
      </Field>
      <Button
        loading={busy}
        disabled={chosen.length === 0}
        onClick={() => void onAdd({ ids: chosen }).then(() => setChosen([]))}
      >
        {chosen.length === 0
          ? 'Add people'
          : `Add ${formatNumber(chosen.length)} ${chosen.length === 1 ? 'person' : 'people'}`}
      </Button>
    </div>
  );
}

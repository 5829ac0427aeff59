'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Archive, ArchiveRestore, PenLine, Plus } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useState } from 'react';
import { notify } from '@/components/notify';
import { SettingsSection } from '@/components/settings-section';
import { TierHint, useFeature } from '@/components/tier';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { api } from '@/lib/api-client';
import { formatCount } from '@/lib/format';
import { outcomeWords } from '@/modules/activities/domain';
import { messageOf } from '@/modules/records/components/use-bulk';
import { channelWords } from '../domain';
import type { TemplateRow } from '../queries';

const TemplateForm = dynamic(() => import('./template-form').then((module) => module.TemplateForm), {
  ssr: false,
});

const queryKey = ['outreach', 'templates'];

/** What follows from a template besides its words: "E-mail · Follow up · next step in 3 days". */
const effectOf = ({ channel, outcome, next_step_days: days }: TemplateRow) =>
  [
    channel && channelWords[channel],
    outcome && outcomeWords[outcome],
    days !== null && `next step in ${formatCount(days, 'day')}`,
  ]
    .filter(Boolean)
    .join(' · ');

/** The wordings that the composer offers; with pro they are changed, added and put away. */
export function Templates({ start }: { start: { rows: TemplateRow[]; at: number } }) {
  const client = useQueryClient();
  const mayEdit = useFeature('outreach_templates');
  const [form, setForm] = useState<{ template?: TemplateRow } | null>(null);
  const { data: rows } = useQuery({
    queryKey,
    queryFn: async ({ signal }) =>
      (await api<{ rows: TemplateRow[] }>('GET', '/api/outreach/templates', undefined, { signal })).rows,
    initialData: start.rows,
    initialDataUpdatedAt: start.at,
  });
  const refresh = () => client.invalidateQueries({ queryKey: ['outreach'] });

  async function setArchived(template: TemplateRow, archived: boolean) {
    const before = client.getQueryData<TemplateRow[]>(queryKey);
    client.setQueryData<TemplateRow[]>(queryKey, (list) =>
      list?.map((each) =>
        each.id === template.id ? { ...each, archived_at: archived ? new Date().toISOString() : null } : each,
      ),
    );
    try {
      await api('PATCH', `/api/outreach/templates/${template.id}`, { archived });
      notify.success(archived ? `“${template.name}” is put away` : `“${template.name}” is offered again`, {
        action: { label: 'Undo', onClick: () => void setArchived(template, !archived) },
      });
    } catch (error) {
      client.setQueryData(queryKey, before);
      notify.error('Nothing was changed', { description: messageOf(error) });
    }
    await refresh();
  }

  return (
    <SettingsSection
      wide
      title="Outreach templates"
      description="What the composer offers to start from: the words, how it usually ends, and when to follow up."
      action={
        mayEdit ? (
          <Button size="sm" onClick={() => setForm({})}>
            <Plus aria-hidden /> New template
          </Button>
        ) : null
      }
    >
      {mayEdit ? null : <TierHint feature="outreach_templates" className="mb-3" />}
      <ul className="divide-y rounded-lg border">
        {rows.map((template) => (
          <li key={template.id} className="flex items-start gap-3 px-4 py-3">
            <div className="min-w-0 flex-1">
              <p className="flex flex-wrap items-center gap-2 font-medium text-sm">
                {template.name}
                {template.archived_at ? <Badge>Put away</Badge> : null}
              </p>
              <p className="text-muted-foreground text-xs">{effectOf(template)}</p>
              {template.subject ? <p className="mt-1 text-sm">{template.subject}</p> : null}
              <p className="line-clamp-2 text-muted-foreground text-sm">{template.body}</p>
            </div>
            {mayEdit ? (
              <div className="flex shrink-0 gap-1">
                <Button
                  variant="ghost"
                  size="icon-sm"
                  aria-label={`Edit ${template.name}`}
                  onClick={() => setForm({ template })}
                >
                  <PenLine aria-hidden className="text-muted-foreground" />
                </Button>
                <Button
                  variant="ghost"
                  size="icon-sm"
                  aria-label={
                    template.archived_at ? `Offer ${template.name} again` : `Put ${template.name} away`
                  }
                  onClick={() => void setArchived(template, template.archived_at === null)}
                >
                  {template.archived_at ? (
                    <ArchiveRestore aria-hidden className="text-muted-foreground" />
                  ) : (
                    <Archive aria-hidden className="text-muted-foreground" />
                  )}
                </Button>
              </div>
            ) : null}
          </li>
        ))}
      </ul>
      {form ? (
        <TemplateForm
          template={form.template}
          onClose={() => setForm(null)}
          onDone={() => {
            setForm(null);
            void refresh();
          }}
        />
      ) : null}
    </SettingsSection>
  );
}

'use client';

import { useQuery } from '@tanstack/react-query';
import { FileText } from 'lucide-react';
import { Menu } from '@/components/menu';
import { useFeature } from '@/components/tier';
import { Button } from '@/components/ui/button';
import { api } from '@/lib/api-client';
import { featureRefusal } from '@/lib/tiers';
import type { TemplateRow } from '@/modules/outreach/queries';

/** A wording to begin with. */
export type TextTemplate = { id: string; name: string; body: string };

/** The workspace's wordings for texts. With a lower tier it says what has them. */
export function TemplateMenu({ onPick }: { onPick: (template: TextTemplate) => void }) {
  const isTheirs = useFeature('sms_templates');
  const { data } = useQuery({
    queryKey: ['outreach', 'templates'],
    enabled: isTheirs,
    queryFn: async ({ signal }) =>
      (await api<{ rows: TemplateRow[] }>('GET', '/api/outreach/templates', undefined, { signal })).rows,
  });
  const rows = (data ?? []).filter(
    ({ archived_at: at, channel }) => at === null && (channel === 'sms' || channel === null),
  );
  return (
    <Menu
      label="Template"
      items={() =>
        !isTheirs
          ? [
              { heading: `${featureRefusal('sms_templates')}.` },
              { label: 'See the plans', href: '/settings#plan' },
            ]
          : rows.length === 0
            ? [{ heading: 'No template for texts yet' }, { label: 'Write one', href: '/settings/templates' }]
            : rows.map(({ id, name, body }) => ({ label: name, onSelect: () => onPick({ id, name, body }) }))
      }
      trigger={(props) => (
        <Button variant="ghost" size="sm" className="text-muted-foreground" {...props}>
          <FileText aria-hidden /> Template
        </Button>
      )}
    />
  );
}

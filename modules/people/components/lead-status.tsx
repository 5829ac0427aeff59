import { StatusBadge } from '@/components/status-badge';
import type { StatusOption } from '@/modules/records/components/list-config';
import { type LeadStatus, leadStatuses, leadStatusWords } from '../domain';

const looks: Record<LeadStatus, Pick<StatusOption, 'glyph' | 'tone'>> = {
  new: { glyph: 'empty', tone: 'neutral' },
  warm: { glyph: 'half', tone: 'warning' },
  hot: { glyph: 'full', tone: 'warning' },
  customer: { glyph: 'check', tone: 'positive' },
  lost: { glyph: 'cross', tone: 'neutral' },
  do_not_contact: { glyph: 'ban', tone: 'danger' },
};

/** Lead statuses as options with their shapes. */
export const leadStatusOptions: StatusOption[] = leadStatuses.map((value) => ({
  value,
  label: leadStatusWords[value],
  ...looks[value],
}));

/** A lead status in words with its shape. */
export function LeadStatusBadge({ status }: { status: string }) {
  const option = leadStatusOptions.find(({ value }) => value === status);
  return option ? <StatusBadge label={option.label} glyph={option.glyph} tone={option.tone} /> : status;
}

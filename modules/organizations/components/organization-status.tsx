import { StatusBadge } from '@/components/status-badge';
import type { StatusOption } from '@/modules/records/components/list-config';
import { type OrganizationStatus, organizationStatuses, organizationStatusWords } from '../domain';

const looks: Record<OrganizationStatus, Pick<StatusOption, 'glyph' | 'tone'>> = {
  active: { glyph: 'full', tone: 'neutral' },
  blocked: { glyph: 'cross', tone: 'danger' },
  do_not_contact: { glyph: 'ban', tone: 'danger' },
};

/** Statuses of organizations as options with their shapes. */
export const organizationStatusOptions: StatusOption[] = organizationStatuses.map((value) => ({
  value,
  label: organizationStatusWords[value],
  ...looks[value],
}));

/** A status in words with its shape. */
export function OrganizationStatusBadge({ status }: { status: string }) {
  const option = organizationStatusOptions.find(({ value }) => value === status);
  return option ? <StatusBadge label={option.label} glyph={option.glyph} tone={option.tone} /> : status;
}

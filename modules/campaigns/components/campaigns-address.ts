/** What the address of the list of campaigns says; for the page on the server and the list in the browser. Pure. */
import type { CampaignRow } from '../answers';

/** The states a campaign is in, as a person asks for them. */
export const campaignGroups = [
  { value: '', label: 'All', statuses: [] },
  { value: 'open', label: 'Being written', statuses: ['draft', 'staged'] },
  { value: 'running', label: 'Running', statuses: ['scheduled', 'sending', 'paused'] },
  { value: 'ended', label: 'Ended', statuses: ['completed', 'cancelled'] },
] as const;

/** What the server read for the list: the search it answers, its first page, and when (epoch milliseconds). */
export type CampaignsStart = {
  search: string;
  page: { rows: CampaignRow[]; nextCursor: string | null };
  at: number;
};

/** The states that a group of the address stands for; none for all. */
const statusesOf = (group: string) => campaignGroups.find(({ value }) => value === group)?.statuses ?? [];

/** The query of `GET /api/campaigns` for what the address says. */
export function campaignsSearch(given: { q: string; group: string }): string {
  const search = new URLSearchParams();
  if (given.q) search.set('q', given.q);
  for (const status of statusesOf(given.group)) search.append('status', status);
  return search.toString();
}

/** Lists that the demo's colleagues have kept, as the lists' own addresses would say them. */

export type DemoView = {
  entity: 'people' | 'organizations' | 'properties';
  name: string;
  state: { q: string; filters: Record<string, string[]>; sort: string; dir: 'asc' | 'desc' };
  is_shared: boolean;
};

export const demoViews: readonly DemoView[] = [
  {
    entity: 'people',
    name: 'Hot and warm',
    is_shared: true,
    state: { q: '', filters: { lead_status: ['hot', 'warm'] }, sort: 'last_activity', dir: 'desc' },
  },
  {
    entity: 'people',
    name: 'Texas owners',
    is_shared: false,
    state: { q: '', filters: { contact_types: ['owner'], state: ['TX'] }, sort: 'name', dir: 'asc' },
  },
  {
    entity: 'people',
    name: 'No e-mail yet',
    is_shared: false,
    state: { q: '', filters: { has_email: ['no'] }, sort: 'name', dir: 'asc' },
  },
  {
    entity: 'organizations',
    name: 'Capital',
    is_shared: true,
    state: { q: '', filters: { kind: ['family_office', 'fund'] }, sort: 'name', dir: 'asc' },
  },
  {
    entity: 'properties',
    name: 'Opportunity zones',
    is_shared: true,
    state: { q: '', filters: { tags: ['opportunity zone'] }, sort: 'units', dir: 'desc' },
  },
  {
    entity: 'properties',
    name: 'Owner unknown',
    is_shared: false,
    state: { q: '', filters: { has_owner: ['no'] }, sort: 'name', dir: 'asc' },
  },
];

-- Why: the calling desk's views came to the list of what a saved view may be of, and the owners' had been left out of it.
-- Touches: the check of saved_views.

alter table public.saved_views drop constraint saved_views_entity_check,
  add constraint saved_views_entity_check check (entity in ('people', 'organizations', 'properties', 'owners', 'calls'));

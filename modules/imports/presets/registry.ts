import { normalizeHeader } from '@/modules/imports/mapping';
import { contacts } from '@/modules/imports/presets/contacts';
import { eventbrite } from '@/modules/imports/presets/eventbrite';
import { familyOffices } from '@/modules/imports/presets/family-offices';
import { generic } from '@/modules/imports/presets/generic';
import { gohighlevel } from '@/modules/imports/presets/gohighlevel';
import { n8nLeads } from '@/modules/imports/presets/n8n-leads';
import type { Preset } from '@/modules/imports/presets/preset';
import { qozb } from '@/modules/imports/presets/qozb';
import type { ImportPreset } from '@/modules/imports/schema';

const presets: Record<ImportPreset, Preset> = {
  qozb,
  family_offices: familyOffices,
  contacts,
  gohighlevel,
  n8n_leads: n8nLeads,
  eventbrite,
  generic,
};

/** Every preset, in the order in which they are offered. */
export const allPresets: readonly Preset[] = Object.values(presets);

/**
 * A preset by its id.
 *
 * @param id the id
 */
export function getPreset(id: ImportPreset): Preset {
  return presets[id];
}

/** So much of a preset's tell-tale headers must be there for the preset to be offered. */
const ENOUGH = 0.6;

/**
 * Which kind of list a header row belongs to.
 *
 * @param headers the file's headers
 * @returns the preset whose tell-tale headers are most nearly all there, `generic` where none is, and how sure that is (0 to 1)
 */
export function detectPreset(headers: readonly string[]): { preset: ImportPreset; confidence: number } {
  const given = new Set(headers.map(normalizeHeader));
  let best: { preset: ImportPreset; confidence: number } = { preset: 'generic', confidence: 0 };
  for (const preset of allPresets) {
    if (preset.signature.length === 0) continue;
    const share = preset.signature.filter((header) => given.has(header)).length / preset.signature.length;
    // Of two that fit, the one that needs more headers says more.
    const weight = share + preset.signature.length / 1000;
    if (share >= ENOUGH && weight > best.confidence) best = { preset: preset.id, confidence: weight };
  }
  return { preset: best.preset, confidence: Math.min(1, best.confidence) };
}

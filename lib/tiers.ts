/**
 * What each tier of a workspace adds: the one table, for `route()`, for the database's refusals and for the screens.
 * Pure; runs in the browser too.
 */

export const tiers = ['beta', 'pro', 'premium'] as const;
export type Tier = (typeof tiers)[number];

/** Whether a tier reaches the least one asked for. */
export const hasTier = (tier: Tier, least: Tier) => tiers.indexOf(tier) >= tiers.indexOf(least);

/** The tiers in words, for people. */
export const tierLabels = { beta: 'Beta', pro: 'Pro', premium: 'Premium' } as const satisfies Record<
  Tier,
  string
>;

/** The least tier of each feature, and the feature in words: "<label> comes with Pro". What isn't here is everybody's. */
export const features = {
  pipelines_several: { least: 'pro', label: 'More than one pipeline' },
  stages_own: { least: 'pro', label: 'A pipeline with stages of your own' },
  stage_sla: { least: 'premium', label: 'A time limit for each stage' },
  auto_move: { least: 'pro', label: 'Moving cards by their score' },
  outreach_templates: { least: 'pro', label: 'Editing the outreach templates' },
  messaging_inline: { least: 'pro', label: 'The conversation inside the card' },
  files_uncapped: { least: 'pro', label: 'More than 3 files on a card' },
  files_bulk: { least: 'premium', label: 'Uploading several files at once' },
  reminders: { least: 'pro', label: 'A reminder of next steps and due tasks' },
  campaigns: { least: 'pro', label: 'Launching an e-mail campaign' },
  campaign_sequences: { least: 'premium', label: 'A campaign of several e-mails' },
  ab_subjects: { least: 'premium', label: 'Trying two subjects' },
  sms_templates: { least: 'pro', label: 'Texting from a template' },
  sms_bulk: { least: 'premium', label: 'One text to many' },
  calls_export: { least: 'pro', label: 'Exporting the history of calls' },
  sla_alerts: { least: 'premium', label: 'An alert for cards over their time limit' },
} as const satisfies Record<string, { least: Tier; label: string }>;

export type Feature = keyof typeof features;

/** How many files a card may hold in each tier; null: any number. The database counts (migration `files`). */
export const filesPerCard = { beta: 3, pro: null, premium: null } as const satisfies Record<
  Tier,
  number | null
>;

/** Whether a tier has a feature. */
export const hasFeature = (tier: Tier, feature: Feature) => hasTier(tier, features[feature].least);

/** Why a feature is refused, as a sentence. */
export const featureRefusal = (feature: Feature) =>
  `${features[feature].label} comes with ${tierLabels[features[feature].least]}`;

/** A feature by a name from elsewhere, such as the database's refusal; null where there is none of it. */
export const findFeature = (name: string): Feature | null =>
  Object.hasOwn(features, name) ? (name as Feature) : null;

/** What the routes of texts answer. Types alone: screens, queries and tests share them. */

import type { Decision } from '@/modules/gate/domain';

type Named = { id: string; name: string | null };

/** A number of ours as whoever writes chooses it. `display`: in the national format. */
export type OurNumber = {
  id: string;
  e164: string;
  display: string;
  label: string;
  is_default_sender: boolean;
  status: string;
};

/** A number that somebody may be texted at. */
export type TextPhone = {
  id: string;
  e164: string;
  display: string;
  /** As the link to the person says it, such as "Mobile". */
  label: string | null;
  line_type: string | null;
  status: string;
  do_not_call: boolean;
  sms_opted_out_at: string | null;
  /** Everybody behind it, the person asked about among them. */
  people: Named[];
  /** What the gate says of a text to it at this moment: a drop is said before anybody writes, a hold says until when. */
  decision: Decision;
};

/** One text, either way. */
export type TextMessage = {
  id: string;
  direction: 'out' | 'in';
  purpose: 'direct' | 'bulk' | 'auto';
  body: string;
  segments: number | null;
  status: string;
  /** When it was received, sent, or else written. */
  at: string;
  run_at: string | null;
  is_paused: boolean;
  decision: Decision | null;
  delivery: string | null;
  delivered_at: string | null;
  error_code: string | null;
  last_error: string | null;
  keyword: string | null;
  /** What came with it: the kind alone, the files stay with the provider. */
  media: { content_type: string }[];
  person: Named | null;
  /** Who of us wrote it. */
  created_by: Named | null;
  phone_number_id: string | null;
  batch: Named | null;
};

/** The conversation with a number: its newest 100 texts, the oldest first. */
export type TextThread = {
  phone: TextPhone;
  messages: TextMessage[];
  /** Texts in all, those before the newest 100 too. */
  total: number;
  last_at: string | null;
};

/** `GET /api/people/[id]/texts` (a thread for each number of the person, the last used first) and `GET /api/phones/[id]/texts` (one thread). */
export type Texts = {
  threads: TextThread[];
  /** Ours that can send, the default sender first. */
  numbers: OurNumber[];
  /** What must be set before anything is sent; null where nothing is missing. */
  problem: string | null;
};

/** `POST /api/sms/send`: the text as it stands in its thread, and what the gate said. */
export type SentText = { text: TextMessage; decision: Decision };

/** `POST /api/sms/preview`: the wording with the fields of one person filled in. */
export type TextPreview = {
  text: string;
  segments: number;
  encoding: 'GSM-7' | 'UCS-2';
  /** Fields that the wording asks for and this person doesn't have. */
  missing: string[];
  decision: Decision;
};

/** A row of `GET /api/sms` and of `GET /api/sms/batches/[id]/messages` → `{ rows, next_cursor }`, newest first. */
export type TextRow = TextMessage & {
  phone: { id: string; e164: string; display: string; people: Named[] };
};

/** Texts of a batch by what became of them. */
export type BatchCounts = {
  queued: number;
  sending: number;
  sent: number;
  delivered: number;
  undelivered: number;
  failed: number;
  unknown: number;
  cancelled: number;
};

/** A row of `GET /api/sms/batches` → `{ rows, next_cursor }`, and `GET /api/sms/batches/[id]`. */
export type BatchRow = {
  id: string;
  name: string;
  body: string;
  status: string;
  total: number;
  /** How many of those chosen are not written to, by reason. */
  left_out: Record<string, number>;
  counts: BatchCounts;
  replied: number;
  phone_number: { id: string; label: string } | null;
  starts_at: string | null;
  created_at: string;
  created_by: Named | null;
};

/** `POST /api/sms/batches/preview`, with a `reason` of `left_out` its people as `people`, at most 100. */
export type BatchPreview = {
  total: number;
  left_out: Record<string, number>;
  /** How many people lack each field that the wording asks for; they are left out as `missing_fields`. */
  missing: Record<string, number>;
  /** Segments of the longest text, and of all together. */
  segments: { most: number; all: number };
  /** The first few as they will read. */
  samples: { person: Named; phone: string; text: string; segments: number }[];
  people?: (Named & { detail: string | null })[];
};

'use client';

import { useEffect, useState } from 'react';

/** What is typed into the form for a new person. */
export type PersonDraft = {
  first_name: string;
  last_name: string;
  title: string;
  organization: { value: string; label: string } | null;
  emails: string[];
  phones: string[];
  linkedin: string[];
  city: string;
  state: string;
  lead_status: string;
  assigned_to: string;
  tags: string[];
};

export const emptyDraft: PersonDraft = {
  first_name: '',
  last_name: '',
  title: '',
  organization: null,
  emails: [''],
  phones: [''],
  linkedin: [''],
  city: '',
  state: '',
  lead_status: 'new',
  assigned_to: '',
  tags: [],
};

const storageKey = 'freehold-draft:person:new';
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

function stored(): PersonDraft {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(storageKey) ?? 'null');
    return typeof kept === 'object' ? { ...emptyDraft, ...kept } : emptyDraft;
  } catch {
    // no storage, or something else wrote there: there is no draft
    return emptyDraft;
  }
}

/** The draft of a new person: it survives closing the form and leaving the page, until it is saved or cleared. */
export function useDraft() {
  const [draft, setDraft] = useState(stored);
  useEffect(() => {
    try {
      if (draft === emptyDraft) sessionStorage.removeItem(storageKey);
      else sessionStorage.setItem(storageKey, JSON.stringify(draft));
    } catch {
      // as above
    }
  }, [draft]);
  return {
    draft,
    setDraft,
    clearDraft: () => {
      setDraft(emptyDraft);
      try {
        // at once: after saving, the form is gone before an effect could run
        sessionStorage.removeItem(storageKey);
      } catch {
        // as above
      }
    },
  };
}

/**
 * The body of `POST /api/people` for a draft, without its empty lines.
 * @returns the body, and for each list which line of the form each sent one was
 */
export function toBody(draft: PersonDraft): {
  body: Record<string, unknown>;
  rows: Record<string, number[]>;
} {
  const rows: Record<string, number[]> = {};
  const points = (key: 'emails' | 'phones' | 'linkedin') => {
    const filled = draft[key].flatMap((value, index) => (value.trim() ? [{ value, index }] : []));
    rows[key] = filled.map(({ index }) => index);
    return filled.map(({ value }) => ({ value }));
  };
  const { organization, emails: _e, phones: _p, linkedin: _l, assigned_to, ...fields } = draft;
  return {
    rows,
    body: {
      ...fields,
      assigned_to: assigned_to || null,
      emails: points('emails'),
      phones: points('phones'),
      linkedin: points('linkedin'),
      organizations: organization
        ? [
            {
              ...(uuid.test(organization.value) ? { id: organization.value } : { name: organization.value }),
              title: draft.title,
            },
          ]
        : [],
    },
  };
}

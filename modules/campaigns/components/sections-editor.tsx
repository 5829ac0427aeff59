'use client';

import { ArrowDown, ArrowUp, PenLine, Sparkles, X } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useRef } from 'react';
import { Button } from '@/components/ui/button';
import { Textarea } from '@/components/ui/textarea';
import { insertText } from '@/lib/insert-text';
import type { Section } from '../schema';
import { MergeFieldPicker } from './merge-field-picker';

const HtmlEditor = dynamic(() => import('./html-editor').then((module) => module.HtmlEditor), {
  ssr: false,
  loading: () => <div className="field min-h-50" />,
});

/** The parts of a mail, one below the other: written here, or described for the model to write for each recipient. */
export function SectionsEditor({
  sections,
  format,
  onChange,
}: {
  sections: readonly Section[];
  format: 'text' | 'html';
  onChange: (sections: Section[]) => void;
}) {
  const change = (id: string, content: string) =>
    onChange(sections.map((each) => (each.id === id ? { ...each, content } : each)));
  const move = (index: number, by: number) => {
    const next = [...sections];
    const [moved] = next.splice(index, 1);
    if (moved) next.splice(index + by, 0, moved);
    onChange(next);
  };
  const add = (kind: Section['kind']) =>
    onChange([...sections, { id: crypto.randomUUID(), kind, content: '' }]);
  return (
    <div className="grid gap-3">
      {sections.map((section, index) => {
        const name = sections.length === 1 ? 'Text' : `Part ${index + 1}`;
        return (
          <div key={section.id} className="grid gap-1.5">
            <div className="flex min-h-7 items-center gap-1">
              <span className="flex min-w-0 flex-1 items-center gap-1.5 font-medium text-sm">
                {section.kind === 'ai' ? (
                  <Sparkles aria-hidden className="size-3.5 text-muted-foreground" />
                ) : null}
                <span className="truncate">
                  {section.kind === 'ai' ? `${name}: written for each recipient` : name}
                </span>
              </span>
              {sections.length > 1 ? (
                <>
                  <Button
                    variant="ghost"
                    size="icon-sm"
                    aria-label={`Move ${name} up`}
                    disabled={index === 0}
                    onClick={() => move(index, -1)}
                  >
                    <ArrowUp aria-hidden className="text-muted-foreground" />
                  </Button>
                  <Button
                    variant="ghost"
                    size="icon-sm"
                    aria-label={`Move ${name} down`}
                    disabled={index === sections.length - 1}
                    onClick={() => move(index, 1)}
                  >
                    <ArrowDown aria-hidden className="text-muted-foreground" />
                  </Button>
                  <Button
                    variant="ghost"
                    size="icon-sm"
                    aria-label={`Remove ${name}`}
                    onClick={() => onChange(sections.filter(({ id }) => id !== section.id))}
                  >
                    <X aria-hidden className="text-muted-foreground" />
                  </Button>
                </>
              ) : null}
            </div>
            {section.kind === 'fixed' && format === 'html' ? (
              <HtmlEditor
                label={name}
                value={section.content}
                onChange={(content) => change(section.id, content)}
              />
            ) : (
              <PlainSection
                name={name}
                section={section}
                onChange={(content) => change(section.id, content)}
              />
            )}
          </div>
        );
      })}
      <div className="flex flex-wrap gap-2">
        <Button variant="outline" size="sm" onClick={() => add('fixed')}>
          <PenLine aria-hidden /> Add text
        </Button>
        <Button variant="outline" size="sm" onClick={() => add('ai')}>
          <Sparkles aria-hidden /> Add a part to be written
        </Button>
      </div>
    </div>
  );
}

function PlainSection({
  name,
  section,
  onChange,
}: {
  name: string;
  section: Section;
  onChange: (content: string) => void;
}) {
  const field = useRef<HTMLTextAreaElement>(null);
  const isAi = section.kind === 'ai';
  return (
    <div className="field overflow-hidden">
      <div className="flex items-center justify-between border-b p-1">
        <MergeFieldPicker
          into={name}
          onInsert={(text) => onChange(insertText(field.current, section.content, text))}
        />
      </div>
      <Textarea
        ref={field}
        aria-label={isAi ? `${name}: what to write` : name}
        rows={isAi ? 4 : 9}
        maxLength={50_000}
        placeholder={
          isAi
            ? 'Two sentences on why a master lease would suit {{ property_name }}, in a plain tone.'
            : 'Hi {{ first_name | default: "there" }},'
        }
        className="rounded-none border-0 focus-visible:outline-offset-[-2px]"
        value={section.content}
        onChange={({ target }) => onChange(target.value)}
      />
    </div>
  );
}

'use client';

import { type Editor, EditorContent, useEditor, useEditorState } from '@tiptap/react';
import StarterKit from '@tiptap/starter-kit';
import {
  Bold,
  Italic,
  Link2,
  List,
  ListOrdered,
  type LucideIcon,
  Redo2,
  Underline,
  Undo2,
} from 'lucide-react';
import { type FormEvent, useEffect, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Input } from '@/components/ui/input';
import { cn } from '@/lib/utils';
import { MergeFieldPicker } from './merge-field-picker';

/** As the address of a link in a mail: with a scheme that a mail may carry, or null. Merge fields may stand in it. */
function linkAddress(typed: string): string | null {
  const text = typed.trim();
  if (text === '') return null;
  if (/^(https?:\/\/|mailto:|tel:)/i.test(text)) return text;
  return /^[a-z][a-z0-9+.-]*:/i.test(text) ? null : `https://${text}`;
}

/**
 * Formatted text of a mail: emphasis, lists, links. What it holds is cleaned again by the server.
 * @param value HTML; read once, since the editor keeps its own state from then on
 */
export function HtmlEditor({
  label,
  value,
  onChange,
}: {
  label: string;
  value: string;
  onChange: (html: string) => void;
}) {
  const editor = useEditor({
    // the page is rendered on the server, where there is no document to build the text in
    immediatelyRender: false,
    extensions: [
      StarterKit.configure({
        heading: { levels: [2, 3] },
        codeBlock: false,
        link: { openOnClick: false, autolink: false, protocols: ['http', 'https', 'mailto', 'tel'] },
      }),
    ],
    content: value,
    editorProps: {
      attributes: {
        role: 'textbox',
        'aria-multiline': 'true',
        'aria-label': label,
        class:
          'min-h-40 px-2.5 py-2 text-sm outline-none [&_a]:text-primary-text [&_a]:underline [&_blockquote]:border-l-2 [&_blockquote]:pl-3 [&_h2]:font-semibold [&_h2]:text-lg [&_h3]:font-semibold [&_ol]:list-decimal [&_ol]:pl-5 [&_p+p]:mt-2 [&_ul]:list-disc [&_ul]:pl-5',
      },
    },
    onUpdate: ({ editor: changed }) => onChange(changed.isEmpty ? '' : changed.getHTML()),
  });
  // What somebody else saved replaces what is shown, unless it is what was typed here.
  useEffect(() => {
    if (editor && !editor.isFocused && value !== editor.getHTML() && !(value === '' && editor.isEmpty))
      editor.commands.setContent(value, { emitUpdate: false });
  }, [editor, value]);
  if (!editor) return <div className="field min-h-50" />;
  return (
    <div className="field overflow-hidden focus-within:outline-2 focus-within:outline-ring">
      <Marks editor={editor} label={label} />
      <EditorContent editor={editor} />
    </div>
  );
}

type Mark = { icon: LucideIcon; name: string; isOn: boolean; run: () => void };

function Marks({ editor, label }: { editor: Editor; label: string }) {
  const [link, setLink] = useState<string | null>(null);
  const [isRefused, setIsRefused] = useState(false);
  const on = useEditorState({
    editor,
    selector: ({ editor: now }) => ({
      bold: now.isActive('bold'),
      italic: now.isActive('italic'),
      underline: now.isActive('underline'),
      bullets: now.isActive('bulletList'),
      numbers: now.isActive('orderedList'),
      link: now.isActive('link'),
    }),
  });
  const at = () => editor.chain().focus();
  const marks: Mark[] = [
    { icon: Bold, name: 'Bold', isOn: on.bold, run: () => at().toggleBold().run() },
    { icon: Italic, name: 'Italic', isOn: on.italic, run: () => at().toggleItalic().run() },
    { icon: Underline, name: 'Underline', isOn: on.underline, run: () => at().toggleUnderline().run() },
    { icon: List, name: 'List', isOn: on.bullets, run: () => at().toggleBulletList().run() },
    { icon: ListOrdered, name: 'Numbered list', isOn: on.numbers, run: () => at().toggleOrderedList().run() },
    {
      icon: Link2,
      name: 'Link',
      isOn: on.link,
      run: () => setLink((editor.getAttributes('link').href as string | undefined) ?? ''),
    },
    { icon: Undo2, name: 'Undo', isOn: false, run: () => at().undo().run() },
    { icon: Redo2, name: 'Redo', isOn: false, run: () => at().redo().run() },
  ];

  function putLink(event: FormEvent) {
    event.preventDefault();
    event.stopPropagation();
    const href = linkAddress(link ?? '');
    if (href === null && link?.trim()) {
      setIsRefused(true);
      return;
    }
    setLink(null);
    setIsRefused(false);
    if (href === null) at().extendMarkRange('link').unsetLink().run();
    else if (editor.state.selection.empty && !on.link)
      at()
        .insertContent({ type: 'text', text: href, marks: [{ type: 'link', attrs: { href } }] })
        .run();
    else at().extendMarkRange('link').setLink({ href }).run();
  }
  return (
    <div className="border-b">
      <div role="toolbar" aria-label={`Format ${label}`} className="flex flex-wrap items-center gap-0.5 p-1">
        {marks.map(({ icon: Icon, name, isOn, run }) => (
          <Button
            key={name}
            variant="ghost"
            size="icon-sm"
            aria-label={name}
            aria-pressed={isOn}
            className={cn('text-muted-foreground', isOn && 'bg-accent text-foreground')}
            onClick={run}
          >
            <Icon aria-hidden />
          </Button>
        ))}
        <MergeFieldPicker
          into={label}
          onInsert={(text) => at().insertContent({ type: 'text', text }).run()}
        />
      </div>
      {link === null ? null : (
        <form className="flex flex-wrap items-center gap-2 border-t p-2" onSubmit={putLink}>
          <Input
            autoFocus
            aria-label="Address of the link"
            aria-invalid={isRefused || undefined}
            placeholder="https://… (empty takes the link off)"
            className="flex-1"
            value={link}
            onChange={({ target }) => setLink(target.value)}
            onKeyDown={(event) => {
              if (event.key !== 'Escape') return;
              event.stopPropagation();
              setLink(null);
            }}
          />
          <Button type="submit" variant="outline" size="sm">
            Set link
          </Button>
          {isRefused ? (
            <p role="alert" className="basis-full text-destructive-text text-xs">
              A link in a mail begins with https, mailto or tel.
            </p>
          ) : null}
        </form>
      )}
    </div>
  );
}

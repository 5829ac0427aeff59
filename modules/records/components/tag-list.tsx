import { Badge } from '@/components/ui/badge';

/** Tags in one line, cut at the cell's edge. */
export function TagList({ tags }: { tags: readonly string[] }) {
  return (
    <span className="inline-flex gap-1">
      {tags.map((tag) => (
        <Badge key={tag}>{tag}</Badge>
      ))}
    </span>
  );
}

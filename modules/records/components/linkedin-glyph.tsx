/** LinkedIn's letters as an outline in the weight of the other icons; the icon set carries no brands. */
export function LinkedInGlyph({ className }: { className?: string }) {
  return (
    <svg
      aria-hidden
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="2"
      strokeLinecap="round"
      strokeLinejoin="round"
      className={className}
    >
      <path d="M7 10v7M7 6.5v.5M11.5 17v-7M11.5 13a2.75 2.75 0 0 1 5.5 0v4" />
      <rect x="2.5" y="2.5" width="19" height="19" rx="3.5" />
    </svg>
  );
}

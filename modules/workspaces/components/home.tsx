import { Building2, FileUp, MapPinHouse, UserPlus, UserRoundPlus, Users } from 'lucide-react';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { PageHeader } from '@/components/page-header';
import { formatNumber } from '@/lib/format';
import type { HomeSummary } from '../types';
import { HomeImports } from './home-imports';
import { HomeRecent } from './home-recent';

const countedUpTo = 10_000;

/**
 * The first page of a workspace: what is there, what came in, what happened; or the first steps.
 * @param figures how the team's work goes, where there is anything to work with
 */
export function Home({ summary, figures }: { summary: HomeSummary; figures: ReactNode }) {
  const { people, organizations, properties, imports, recent } = summary;
  const isNew = people + organizations + properties + imports.length === 0;
  return (
    <>
      <PageHeader title="Home" />
      <div className="grid max-w-5xl gap-8 px-6 py-6 max-md:px-4">
        {isNew ? <FirstSteps hasColleagues={summary.members > 1} /> : null}
        {isNew ? null : (
          <ul className="grid grid-cols-3 gap-3 max-md:grid-cols-1" aria-label="Records">
            <Count href="/people" label="People" count={people} icon={Users} />
            <Count href="/organizations" label="Organizations" count={organizations} icon={Building2} />
            <Count href="/properties" label="Properties" count={properties} icon={MapPinHouse} />
          </ul>
        )}
        {isNew ? null : figures}
        {isNew ? null : (
          <div className="grid items-start gap-8 lg:grid-cols-[3fr_2fr]">
            <Panel title="Recent activity">
              <HomeRecent events={recent} />
            </Panel>
            <Panel title="Imports" href="/imports" linkLabel="All imports">
              <HomeImports imports={imports} />
            </Panel>
          </div>
        )}
      </div>
    </>
  );
}

function Count({
  href,
  label,
  count,
  icon: Icon,
}: {
  href: string;
  label: string;
  count: number;
  icon: typeof Users;
}) {
  return (
    <li>
      <Link
        href={href}
        className="flex items-center gap-3 rounded-lg border bg-card px-4 py-3 transition-colors duration-120 hover:bg-accent"
      >
        <Icon aria-hidden strokeWidth={1.5} className="size-5 text-muted-foreground" />
        <span className="flex-1 text-muted-foreground text-sm">{label}</span>
        <span className="font-semibold text-xl tabular-nums">
          {count > countedUpTo ? `${formatNumber(countedUpTo)}+` : formatNumber(count)}
        </span>
      </Link>
    </li>
  );
}

function Panel({
  title,
  href,
  linkLabel,
  children,
}: {
  title: string;
  href?: string;
  linkLabel?: string;
  children: ReactNode;
}) {
  return (
    <section aria-label={title} className="min-w-0">
      <div className="mb-2 flex items-baseline justify-between gap-3">
        <h2 className="font-semibold">{title}</h2>
        {href ? (
          <Link href={href} className="text-muted-foreground text-sm hover:text-foreground hover:underline">
            {linkLabel}
          </Link>
        ) : null}
      </div>
      {children}
    </section>
  );
}

function FirstSteps({ hasColleagues }: { hasColleagues: boolean }) {
  return (
    <section aria-labelledby="first-steps" className="max-w-2xl">
      <h2 id="first-steps" className="font-semibold text-lg">
        Three steps to a worked list
      </h2>
      <p className="mb-4 text-muted-foreground">
        Nothing is in this workspace yet. Begin with the list you work from, or with one person.
      </p>
      <ol className="divide-y rounded-lg border bg-card">
        <Step
          href="/imports"
          icon={FileUp}
          title="Import a list"
          text="Drop a CSV of properties, owners or contacts. You see what would change before anything is written."
        />
        <Step
          href="/people?new=1"
          icon={UserRoundPlus}
          title="Add a person"
          text="Name, organization, phone, e-mail. A number that is known already is linked, not doubled."
        />
        <Step
          href="/settings/members"
          icon={UserPlus}
          title={hasColleagues ? 'Invite more colleagues' : 'Invite a colleague'}
          text="By mail or with a link. They work with the same records."
        />
      </ol>
    </section>
  );
}

function Step({
  href,
  icon: Icon,
  title,
  text,
}: {
  href: string;
  icon: typeof Users;
  title: string;
  text: string;
}) {
  return (
    <li>
      <Link
        href={href}
        className="focus-inset flex items-start gap-3 px-4 py-3 transition-colors duration-120 hover:bg-accent"
      >
        <Icon aria-hidden strokeWidth={1.5} className="mt-0.5 size-5 shrink-0 text-muted-foreground" />
        <span className="min-w-0">
          <span className="block font-medium">{title}</span>
          <span className="block text-muted-foreground text-sm">{text}</span>
        </span>
      </Link>
    </li>
  );
}

import { NavLink } from '@/components/nav-link';
import { formatNumber } from '@/lib/format';
import { chartTop, type Figure, figureWords, formatMetric, type MetricPerson, metricHref } from '../domain';

/** What a person without a name is called: nobody is assigned, or the account has no name. */
export const personWords = ({ id, name }: Pick<MetricPerson, 'id' | 'name'>) =>
  id === null ? 'Unassigned' : (name ?? 'No name');

/** A figure by person, a row with a bar each; every row opens what it counts. */
export function PeopleChart({
  figure,
  people,
  days,
}: {
  figure: Figure;
  people: readonly MetricPerson[];
  days: number;
}) {
  const { title, byPerson, many } = figureWords[figure];
  const isRate = figure !== 'cycle_time_days';
  const top = chartTop(
    figure,
    people.map(({ value }) => value),
  );
  return (
    // `relative`: the headings for screen readers are placed absolutely, and would lengthen the page
    <div className="relative min-w-0">
      <table className="w-full text-sm tabular-nums">
        <caption className="mb-1 text-left font-medium">{byPerson}</caption>
        <thead className="sr-only">
          <tr>
            <th scope="col">Person</th>
            <th scope="col">{title} as a bar</th>
            <th scope="col">{title}</th>
            <th scope="col">{isRate ? `Of ${many}` : many}</th>
          </tr>
        </thead>
        <tbody>
          {people.map((person) => (
            <tr
              key={person.id ?? 'none'}
              className="relative border-b transition-colors duration-120 last:border-b-0 hover:bg-accent"
            >
              <th scope="row" className="h-9 max-w-40 truncate pr-2 pl-1 text-left font-normal max-md:h-10">
                <NavLink
                  href={metricHref(figure, { days, by: person.id ?? 'none' })}
                  className="after:absolute after:inset-0 focus-visible:outline-offset-0"
                >
                  {personWords(person)}
                </NavLink>
              </th>
              <td className="w-2/5" aria-hidden>
                <span
                  className="block h-2 rounded-sm bg-control opacity-75"
                  style={{ width: `${Math.max(((person.value ?? 0) / top) * 100, 1)}%` }}
                />
              </td>
              <td className="whitespace-nowrap pr-1 pl-3 text-right">{formatMetric(figure, person.value)}</td>
              <td className="w-px whitespace-nowrap pr-1 pl-2 text-right text-muted-foreground text-xs">
                {isRate
                  ? `${formatNumber(person.hits)} of ${formatNumber(person.count)}`
                  : formatNumber(person.count)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

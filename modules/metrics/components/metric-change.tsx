import { type Figure, formatMetric, type MetricValue, metricChange } from '../domain';

/** How a figure stands against the days before: "+4.1 points". Nothing where one of them counted nothing. */
export function MetricChange({
  figure,
  now,
  before,
}: {
  figure: Figure;
  now: MetricValue;
  before: MetricValue;
}) {
  const change = metricChange(figure, now, before);
  if (!change) return null;
  return (
    <span
      className="text-muted-foreground text-sm tabular-nums"
      title={`${formatMetric(figure, before.value)} in the days before`}
    >
      {change}
    </span>
  );
}

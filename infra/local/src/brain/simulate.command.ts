import { Command, InvalidArgumentError } from 'commander';
import { signedInAs } from '../api/running-stack.js';
import { runSeries, type SeriesOutcome } from '../series/run-series.js';
import { readSeries, type Series } from '../series/series-file.js';
import { stackOf } from './data-option.js';

interface SimulateOptions {
  readonly file: string;
  readonly speed: number;
  readonly area: string;
  readonly metric: string;
}

export function simulateCommand(): Command {
  return new Command('simulate')
    .description('Replays a recorded series through MQTT with its own times and shows the alerts and cases it led to.')
    .requiredOption('--file <csv>', 'timestamp,value; a bundled series or a file of yours')
    .option('--speed <n>', 'seconds of the series per second, or max', speed, Infinity)
    .option('--area <code>', 'where the simulated device stands', '440305001001')
    .option('--metric <name>', 'name of the metric', 'temperature')
    .action(async (options: SimulateOptions, command: Command) => {
      const stack = stackOf(command);
      const series = readSeries(options.file, process.env.INIT_CWD ?? process.cwd());
      console.log(`${series.name}: ${String(series.points.length)} readings, ${String(series.windows.length)} labelled windows`);
      const outcomes = await runSeries(series, {
        admin: signedInAs('administrator', stack.folder, stack.url),
        operator: signedInAs('operator', stack.folder, stack.url),
        mqttUrl: stack.mqttUrl,
        areaCode: options.area,
        metric: options.metric,
        speed: options.speed,
        onProgress: (sent) => showProgress(sent, series.points.length),
      });
      report(series, outcomes);
    });
}

function report(series: Series, outcomes: readonly SeriesOutcome[]): void {
  if (process.stderr.isTTY) process.stderr.write('\r\u001b[K');
  console.table(
    outcomes.map(({ alert, insideWindow, caseView }) => ({
      alert: alert.title,
      severity: alert.severity,
      'raised (event time)': alert.raisedAt,
      'cleared (event time)': alert.clearedAt ?? '—',
      occurrences: alert.occurrences,
      'in labelled window': insideWindow ? 'yes' : 'no',
      case: caseView?.number ?? '—',
      state: caseView?.state ?? '—',
      'handled by': caseView?.assignee?.name ?? '—',
    })),
  );
  const hits = outcomes.filter(({ insideWindow }) => insideWindow).length;
  const found = series.windows.filter(([from, to]) =>
    outcomes.some(({ alert }) => from <= Date.parse(alert.raisedAt) && Date.parse(alert.raisedAt) <= to),
  ).length;
  const cases = outcomes.filter(({ caseView }) => caseView !== null).length;
  console.log(
    `${String(outcomes.length)} alerts, ${String(hits)} of them inside a labelled window; ` +
      `${String(found)} of ${String(series.windows.length)} windows found; ${String(cases)} cases opened.`,
  );
}

function showProgress(sent: number, total: number): void {
  if (process.stderr.isTTY) process.stderr.write(`\r${String(sent)} of ${String(total)} readings acknowledged`);
}

function speed(value: string): number {
  if (value === 'max') return Infinity;
  const number = Number(value);
  if (Number.isFinite(number) && number > 0) return number;
  throw new InvalidArgumentError('a positive number, or max');
}

export { readSeries, type Series, type SeriesPoint } from './series-file.js';
export { publishSeries } from './publish-series.js';
export { runSeries, type SeriesOutcome } from './run-series.js';

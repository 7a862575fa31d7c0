import { existsSync } from 'node:fs';
import path from 'node:path';
import { Command } from 'commander';
import { loadEngines } from '@brain/service-kit';
import { findLocalStack } from '../api/running-stack.js';
import { examine } from '../doctor/examine.js';
import type { Finding, Verdict } from '../doctor/finding.js';
import { dataFolder } from '../start/data-folder.js';
import { GivenDatabase, givenServer, urlAt } from '../start/given-database.js';
import { loadSecrets } from '../start/secrets.js';

const MARK: Readonly<Record<Verdict, string>> = { fine: 'ok', warning: 'WARN', wrong: 'WRONG', unknown: '-' };

export function doctorCommand(): Command {
  return new Command('doctor')
    .description('Connects to every engine of the environment and says what is wrong: version, rights, clock, free space, retention.')
    .option('--json', 'one JSON object per finding')
    .addHelpText('after', '\nExit code 0: nothing is wrong. 1: something is, each line says what to do.')
    .action(async ({ json = false }: { json?: boolean }, command: Command) => {
      const { data } = command.optsWithGlobals<{ data: string }>();
      const dataDir = path.resolve(process.env.INIT_CWD ?? process.cwd(), data);
      const findings = await examine({
        engines: loadEngines(process.env),
        timeSeries: process.env.INGESTION_TIME_SERIES === 'timescaledb' ? 'timescaledb' : 'postgres',
        postgres: administratorOf(dataDir),
        dataDir,
        env: process.env,
      });
      for (const finding of findings) console.log(json ? JSON.stringify(finding) : lineOf(finding));
      const wrong = findings.filter(({ verdict }) => verdict === 'wrong').length;
      if (!json) console.log(wrong === 0 ? '\nNothing is wrong.' : `\n${String(wrong)} ${wrong === 1 ? 'thing is' : 'things are'} wrong.`);
      process.exitCode = wrong === 0 ? 0 : 1;
    });
}

/** Pure: one aligned line. */
export function lineOf({ engine, check, verdict, sentence }: Finding): string {
  return `${MARK[verdict].padEnd(5)}  ${engine.padEnd(12)}  ${check.padEnd(11)}  ${sentence}`;
}

/** Of one's own server by the environment, else of the stack that runs with the data folder. */
function administratorOf(dataDir: string): ((database: string) => string) | undefined {
  const given = givenServer(process.env);
  if (given !== undefined) return (database) => new GivenDatabase(given).url(database);
  if (!existsSync(dataFolder(dataDir).runtime)) return undefined;
  const { folder, postgres } = findLocalStack(dataDir);
  const password = loadSecrets(folder).postgresPassword;
  return (database) => urlAt(postgres, { user: 'postgres', password, database });
}

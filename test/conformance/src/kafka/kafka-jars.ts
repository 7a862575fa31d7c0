import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';

export type KafkaLine = '4' | '3.9';

export interface KafkaJars {
  readonly version: string;
  readonly classpath: string;
}

const project = path.resolve(import.meta.dirname, '../..');
const run = promisify(execFile);

/** The jars of the release that the line's pom.xml names, brought by Maven once and kept in the cache. */
export async function kafkaJars(line: KafkaLine): Promise<KafkaJars> {
  const pom = path.join(project, 'kafka', line, 'pom.xml');
  const version = releaseIn(await readFile(pom, 'utf8'));
  const folder = path.join(project, '.cache', `kafka-${version}`);
  const isCached = existsSync(folder);
  if (!isCached) await copyJars(pom, folder);
  process.stderr.write(`Apache Kafka ${version}: jars ${isCached ? 'found' : 'brought by Maven'} in ${path.relative(process.cwd(), folder)}, ${await javaVersion()}\n`);
  return { version, classpath: path.join(folder, '*') };
}

function releaseIn(pom: string): string {
  const version = /<artifactId>kafka_2\.13<\/artifactId>\s*<version>([^<]+)</.exec(pom)?.[1];
  if (version === undefined) throw new Error('The pom.xml names no release of kafka_2.13');
  return version;
}

/** Into a folder of its own first: a copy that was interrupted must not look complete. */
async function copyJars(pom: string, folder: string): Promise<void> {
  const unfinished = `${folder}.${String(process.pid)}`;
  await mkdir(unfinished, { recursive: true });
  try {
    await run('mvn', ['-q', '-B', '-f', pom, 'dependency:copy-dependencies', '-DincludeScope=runtime', `-DoutputDirectory=${unfinished}`]);
    await rename(unfinished, folder);
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true });
    if (!existsSync(folder)) throw new Error(`Maven could not bring Kafka (is mvn installed, is Maven Central reachable?)`, { cause: error });
  }
}

async function javaVersion(): Promise<string> {
  const { stderr } = await run('java', ['-version']).catch((cause: unknown) => {
    throw new Error('Kafka needs Java 17 or newer as `java`', { cause });
  });
  return stderr.split('\n')[0] ?? 'Java';
}

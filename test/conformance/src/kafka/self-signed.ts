import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

export interface SelfSigned {
  readonly keystore: { readonly file: string; readonly password: string };
  /** PEM. */
  readonly certificateFile: string;
}

/** A certificate for 127.0.0.1 that is its own authority, by the JDK's keytool; with a start in the past it may have run out. */
export async function selfSigned(folder: string, startsInDays: number, days: number): Promise<SelfSigned> {
  const keystore = { file: path.join(folder, `broker-${String(startsInDays)}.p12`), password: 'of-a-test-only' };
  const store = ['-keystore', keystore.file, '-storetype', 'PKCS12', '-storepass', keystore.password, '-alias', 'broker'];
  const validity = ['-startdate', `${startsInDays < 0 ? '' : '+'}${String(startsInDays)}d`, '-validity', String(days)];
  const certificateFile = `${keystore.file}.pem`;
  await run('keytool', ['-genkeypair', ...store, '-keyalg', 'EC', '-dname', 'CN=localhost', '-ext', 'san=ip:127.0.0.1', ...validity]);
  const { stdout } = await run('keytool', ['-exportcert', '-rfc', ...store]);
  await writeFile(certificateFile, stdout);
  return { keystore, certificateFile };
}

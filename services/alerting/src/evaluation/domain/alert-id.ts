import { v5 as uuidv5 } from 'uuid';

const NAMESPACE = 'd3f0c1b2-6a54-4f3e-9c1d-0b8a7e5f4d21';

/** The same condition of the same device from the same moment is the same alert, however often it is evaluated. */
export function alertIdOf(ruleId: string, deviceId: string, since: number): string {
  return uuidv5(`${ruleId}/${deviceId}/${String(since)}`, NAMESPACE);
}

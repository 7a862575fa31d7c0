import { Injectable } from '@nestjs/common';
import { isDomainError, type DeviceProfile } from '@brain/contracts';
import { readCsv, type CsvRow, type RequestContext } from '@brain/service-kit';
import { registerDeviceBody } from './device-bodies.schema.js';
import { DeviceRegistration, type RegisteredDevice } from './device-registration.js';

const COLUMNS = ['name', 'kind', 'areaCode', 'lng', 'lat'];

export interface RefusedLine {
  readonly line: number;
  readonly code: string;
  readonly path: string;
  readonly message: string;
}

export interface ImportedDevices {
  readonly imported: number;
  readonly refused: readonly RefusedLine[];
  /** The only time the tokens are shown; null for a line that an earlier try of the same request registered. */
  readonly devices: readonly (RegisteredDevice & { readonly name: string })[];
}

/** Devices from a CSV with the columns name, kind, areaCode, lng, lat, and where it may be, wearerId. Each line stands for itself. */
@Injectable()
export class DeviceImport {
  constructor(private readonly registration: DeviceRegistration) {}

  async run(file: Uint8Array, request: RequestContext): Promise<ImportedDevices> {
    const devices: (RegisteredDevice & { name: string })[] = [];
    const refused: RefusedLine[] = [];
    const lines = (await readCsv(file, COLUMNS)).map((row) => ({ line: row.line, profile: profileOf(row) }));
    const areaCodes = lines.flatMap(({ profile }) => ('code' in profile ? [] : [profile.areaCode]));
    const knownAreas = await this.registration.knownAreas([...new Set(areaCodes)]);
    const register = (profile: DeviceProfile, context: RequestContext) => this.registration.register(profile, context, knownAreas);
    for (const { line, profile } of lines) {
      const result = 'code' in profile ? profile : await attempt(line, profile, request, register);
      if ('deviceId' in result) devices.push(result);
      else refused.push(result);
    }
    return { imported: devices.length, refused, devices };
  }
}

type Register = (profile: DeviceProfile, request: RequestContext) => Promise<RegisteredDevice>;

async function attempt(line: number, profile: DeviceProfile, request: RequestContext, register: Register): Promise<(RegisteredDevice & { name: string }) | RefusedLine> {
  const { idempotencyKey: key } = request;
  try {
    const device = await register(profile, key === undefined ? request : { ...request, idempotencyKey: `${key}/${String(line)}` });
    return { ...device, name: profile.name };
  } catch (error) {
    if (!isDomainError(error)) throw error;
    return { line, code: error.code, path: error.details.errors?.[0]?.path ?? '', message: error.message };
  }
}

function profileOf({ line, cells, fault }: CsvRow): DeviceProfile | RefusedLine {
  if (fault !== null) return { line, ...fault };
  const { name, kind, areaCode, lng = '', lat = '', wearerId = '' } = cells;
  const location = lng === '' && lat === '' ? null : { lng: numberOf(lng), lat: numberOf(lat) };
  const parsed = registerDeviceBody.safeParse({ name, kind, areaCode, location, ...(wearerId === '' ? {} : { wearerId }) });
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  return { line, code: 'VALIDATION_FAILED', path: String(issue?.path.at(-1) ?? ''), message: issue?.message ?? '' };
}

/** An empty cell is no zero. */
function numberOf(cell: string): number {
  return cell === '' ? Number.NaN : Number(cell);
}

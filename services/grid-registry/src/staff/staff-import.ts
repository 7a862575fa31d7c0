import { isDomainError } from '@brain/contracts';
import { readCsv, type CsvRow, type RequestContext } from '@brain/service-kit';
import type { z } from 'zod';
import type { ImportCounts } from '../uploads/import-answer.js';
import type { ImportedStaffIds } from './imported-staff-ids.js';
import type { StaffOffice } from './staff-office.js';
import { newStaffBody } from './staff.schema.js';

type StaffRow = z.infer<typeof newStaffBody>;
type Refusal = ImportCounts['refused'][number];

/**
 * Columns name, roles, areaCodes, and if wanted skills, post, availability; lists are separated by `;`. Whoever has
 * the same name, post and areas is the same person, so that a file can be imported again.
 */
export async function importStaff(bytes: Uint8Array, office: StaffOffice, ids: ImportedStaffIds, request: RequestContext): Promise<ImportCounts> {
  const refused: Refusal[] = [];
  let [imported, unchanged] = [0, 0];
  for (const row of await readCsv(bytes, ['name', 'roles', 'areaCodes'])) {
    if (row.fault !== null) {
      refused.push({ line: row.line, ...row.fault });
      continue;
    }
    const read = newStaffBody.safeParse(bodyOf(row));
    if (!read.success) {
      const issue = read.error.issues[0];
      refused.push({ line: row.line, code: 'VALIDATION_FAILED', path: issue?.path.join('.') ?? '', message: issue?.message ?? '' });
      continue;
    }
    try {
      if (await importOne(read.data, office, ids, request)) imported += 1;
      else unchanged += 1;
    } catch (error) {
      if (!isDomainError(error)) throw error;
      const fault = error.details.errors?.[0];
      refused.push({ line: row.line, code: error.code, path: fault?.path ?? 'name', message: fault?.message ?? error.message });
    }
  }
  return { imported, unchanged, refused };
}

async function importOne({ availability, ...profile }: StaffRow, office: StaffOffice, ids: ImportedStaffIds, request: RequestContext): Promise<boolean> {
  const staffId = await ids.of(profile);
  if ((await office.exists(staffId)) || (await office.exists(ids.formerOf(profile)))) return false;
  await office.registerAs(staffId, profile, availability, request);
  return true;
}

function bodyOf({ cells }: CsvRow): Record<string, unknown> {
  const { name, post, availability } = cells;
  return {
    name,
    roles: listIn(cells['roles']),
    areaCodes: listIn(cells['areaCodes']),
    skills: listIn(cells['skills']),
    ...(post ? { post } : {}),
    ...(availability ? { availability } : {}),
  };
}

function listIn(cell = ''): string[] {
  return cell
    .split(';')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

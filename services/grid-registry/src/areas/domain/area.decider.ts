import { DomainError, type Decider } from '@brain/event-store/pure';
import type { DrawBoundary, AreaCommand, RegisterArea, RenameArea } from './area.commands.js';
import type { AreaEvent } from './area.events.js';
import { BEGINNING, type AreaState, type BoundaryEdition } from './area.state.js';

export const areaDecider: Decider<AreaState, AreaCommand, AreaEvent> = {
  initial: { status: 'absent' },

  decide(command, state) {
    switch (command.type) {
      case 'RegisterArea':
        return register(command, state);
      case 'RenameArea':
        return rename(command, state);
      case 'DrawBoundary':
        return draw(command, state);
    }
  },

  evolve(state, event) {
    const editions = state.status === 'absent' ? [] : state.editions;
    switch (event.type) {
      case 'AreaRegistered':
        return { status: 'registered', name: event.data.name, editions };
      case 'AreaRenamed':
        return { status: 'registered', name: event.data.name, editions };
      case 'AreaBoundaryDrawn':
        return state.status === 'absent' ? state : { ...state, editions: [...editions, event.data] };
    }
  },
};

function register({ code, kind, name, parentCode, parentKnown }: RegisterArea, state: AreaState): readonly AreaEvent[] {
  if (state.status === 'registered') {
    if (state.name === name) return [];
    throw refused('AREA_CODE_TAKEN', 'code', `is registered as ${state.name}`);
  }
  if (!parentKnown) throw refused('AREA_PARENT_UNKNOWN', 'code', `has no parent: ${parentCode ?? ''} is not registered`);
  return [{ type: 'AreaRegistered', data: { code, kind, name, parentCode } }];
}

function rename({ code, name }: RenameArea, state: AreaState): readonly AreaEvent[] {
  return requireRegistered(state).name === name ? [] : [{ type: 'AreaRenamed', data: { code, name } }];
}

function draw({ code, boundary, validFrom, invented, now }: DrawBoundary, state: AreaState): readonly AreaEvent[] {
  const { editions } = requireRegistered(state);
  const last = editions.at(-1);
  const from = validFrom ?? (last === undefined ? BEGINNING : now);
  const alreadyHolds = editions.findLast((edition) => edition.validFrom <= from);
  if (alreadyHolds !== undefined && isSame(alreadyHolds, { boundary, invented })) return [];
  if (last !== undefined && from <= last.validFrom) {
    throw refused('BOUNDARY_EDITION_NOT_LATER', 'properties.validFrom', `must be after the last edition's, ${last.validFrom}`);
  }
  return [{ type: 'AreaBoundaryDrawn', data: { code, edition: editions.length + 1, validFrom: from, invented, boundary } }];
}

function isSame(edition: BoundaryEdition, other: Pick<BoundaryEdition, 'boundary' | 'invented'>): boolean {
  return edition.invented === other.invented && JSON.stringify(edition.boundary) === JSON.stringify(other.boundary);
}

function requireRegistered(state: AreaState) {
  if (state.status === 'absent') throw refused('AREA_UNKNOWN', 'code', 'is not registered');
  return state;
}

function refused(code: string, path: string, message: string): DomainError {
  return new DomainError(code, `${path} ${message}`, [{ path, message }]);
}

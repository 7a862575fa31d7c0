import { Controller, Get, Post, type DynamicModule } from '@nestjs/common';
import { describe, expect, it } from '@jest/globals';
import { Public, Roles, RolesOfCommand, AnyRole } from '@brain/auth';
import { ROLES, SERVICES } from '@brain/contracts';
import { accessTables, written } from './access-table.js';
import { CALLERS, routesOf } from './routes-of.js';

@Controller('api/things')
@Roles('operator')
class Things {
  get hidden(): string {
    throw new Error('a getter is no route');
  }

  @Get()
  list(): void {
    // the controller decides
  }

  @Get(':id')
  @AnyRole('it is the same for all')
  one(): void {
    // every signed-in account
  }

  @Post(':id/:command')
  @RolesOfCommand('command', { open: ['auditor', 'operator'], close: ['operator'] })
  step(): void {
    // as the command says
  }

  @Public()
  @Get('names/')
  names(): void {
    // everybody
  }

  helper(): void {
    // no route
  }
}

@Controller()
class Undecided {
  @Get('forgotten')
  forgotten(): void {
    // nobody decided
  }
}

class Module {}
const moduleOf = (...controllers: NonNullable<DynamicModule['controllers']>): DynamicModule => ({ module: Module, controllers });

describe('the routes of a module', () => {
  it('are read with who may call them, those of what it imports too', () => {
    expect(routesOf({ module: Module, imports: [Module, moduleOf(Things)] })).toEqual({
      'GET /api/things': ['operator'],
      'GET /api/things/:id': ROLES,
      'POST /api/things/:id/open': ['operator', 'auditor'],
      'POST /api/things/:id/close': ['operator'],
      'GET /api/things/names': CALLERS,
    });
  });

  it('fail when nobody decided', () => {
    expect(() => routesOf(moduleOf(Things, Undecided))).toThrow('Undecided.forgotten: nobody decided who may call GET /forgotten');
  });
});

describe('the access table', () => {
  it('has a part for every service and one for what all have', () => {
    expect([...accessTables().keys()].sort()).toEqual([...SERVICES, 'every service'].sort());
  });

  it('is read as it is written, and a row that is not whole is refused', () => {
    const table = routesOf(moduleOf(Things));
    expect(accessTables(`# Who\n\n## things\n\nText.\n\n${written(table)}\n`).get('things')).toEqual(table);
    expect(() => accessTables(`## things\n${written(table)}\n| \`GET /more\` | ✓ |\n`)).toThrow('a row has a route and 7 cells');
    expect(() => accessTables(`## things\n${written(table)}\n| \`GET /more\` | x | | | | | | |\n`)).toThrow('a row has a route and 7 cells');
  });
});

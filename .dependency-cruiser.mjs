// node_modules/.bin/depcruise libs services dashboards infra test jest.config.mjs jest.preset.mjs
import { boundaryRules } from './infra/local/test-run/boundary-rules.mjs';
import { listProjects } from './infra/local/test-run/projects.mjs';

export default {
  forbidden: boundaryRules(listProjects(import.meta.dirname)),
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: ['/dist/', '/\\.cache/'] },
    parser: 'tsc',
    tsPreCompilationDeps: true, // imports of types count too
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['@brain/source', 'import', 'node', 'types', 'default'],
      mainFields: ['main', 'types'],
      extensions: ['.ts', '.tsx', '.d.ts', '.mjs', '.js', '.json'],
    },
  },
};

import js from '@eslint/js';
import nx from '@nx/eslint-plugin';
import { createTypeScriptImportResolver } from 'eslint-import-resolver-typescript';
import { importX } from 'eslint-plugin-import-x';
import tseslint from 'typescript-eslint';

const services = [
  'grid-registry',
  'sensor-ingestion',
  'alerting',
  'case-management',
  'staff-evaluation',
  'audit',
  'operations-gateway',
];

const depConstraints = [
  { sourceTag: 'type:service', onlyDependOnLibsWithTags: ['type:lib', 'type:contracts', 'type:testing'] },
  { sourceTag: 'type:lib', onlyDependOnLibsWithTags: ['type:lib', 'type:contracts', 'type:testing'] },
  {
    sourceTag: 'type:contracts',
    onlyDependOnLibsWithTags: [],
    bannedExternalImports: ['@nestjs/*', 'pg'],
  },
  { sourceTag: 'type:testing', onlyDependOnLibsWithTags: ['type:lib', 'type:contracts'] },
  { sourceTag: 'type:dashboard', onlyDependOnLibsWithTags: ['type:contracts'] },
  { sourceTag: 'type:local', onlyDependOnLibsWithTags: ['type:lib', 'type:contracts', 'type:testing', 'type:local'] },
  { sourceTag: 'type:e2e', onlyDependOnLibsWithTags: ['type:contracts', 'type:testing', 'type:e2e', 'type:lib', 'type:local'] },
  { sourceTag: 'scope:shared', onlyDependOnLibsWithTags: ['scope:shared'] },
  ...services.map((name) => ({
    sourceTag: `scope:${name}`,
    onlyDependOnLibsWithTags: [`scope:${name}`, 'scope:shared'],
  })),
];

const outsideDomain = [
  { group: ['@nestjs/*', 'pg', 'aedes', 'mqtt', 'node:*'], message: 'domain/ is plain TypeScript.' },
  { group: ['../**'], message: 'domain/ imports its own folder only.' },
  {
    group: ['@brain/*', '!@brain/contracts', '!@brain/event-store'],
    message: 'domain/ may use contracts and @brain/event-store/pure.',
  },
];

export default tseslint.config(
  { ignores: ['**/dist/', '**/node_modules/', '**/.nx/', '**/.data/', '**/.artefacts/', '**/.cache/'] },
  js.configs.recommended,
  { languageOptions: { globals: { process: 'readonly', console: 'readonly', URL: 'readonly', fetch: 'readonly' } } },
  {
    files: ['**/*.ts', '**/*.tsx'],
    extends: [tseslint.configs.strictTypeChecked, importX.flatConfigs.typescript],
    languageOptions: { parserOptions: { project: ['tsconfig.spec.json'], tsconfigRootDir: process.cwd() } },
    plugins: { '@nx': nx, 'import-x': importX },
    settings: {
      'import-x/resolver-next': [createTypeScriptImportResolver({ conditionNames: ['@brain/source', 'import'] })],
    },
    rules: {
      '@nx/enforce-module-boundaries': ['error', { allow: [], depConstraints }],
      'import-x/no-cycle': ['error', { ignoreExternal: true }],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { allowDefaultCaseForExhaustiveSwitch: false, requireDefaultForNonUnion: true },
      ],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-extraneous-class': 'off',
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      // Plain http to an identity provider is the choice of whoever configures such an address; its library only warns so.
      '@typescript-eslint/no-deprecated': ['error', { allow: [{ from: 'package', package: 'openid-client', name: 'allowInsecureRequests' }] }],
      // Nest's option types are classes that are meant to be given as literals.
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      'max-lines': ['error', { max: 300 }],
    },
  },
  { files: ['**/domain/**/*.ts'], ignores: ['**/*.spec.ts'], rules: { 'no-restricted-imports': ['error', { patterns: outsideDomain }] } },
  { files: ['libs/contracts/src/**/*.ts'], ignores: ['**/*.spec.ts'], rules: { 'no-restricted-imports': ['error', { patterns: [{ group: ['@nestjs/*', 'pg', 'node:*'] }] }] } },
);

// Native ESM: NestJS 12 has no CommonJS build. The tier is in the file name:
// *.spec.ts in-process, *.int.spec.ts needs a real server, *.e2e.spec.ts needs the whole stack,
// *.engine.spec.ts needs an engine that npm does not bring.
// What all files of a tier share (one server, say) is started by `globalSetup` here, an absolute path, and ended by `globalTeardown`.
import path from 'node:path';
import { swcOptions } from './infra/local/test-run/swc-options.mjs';

const at = (file) => path.join(import.meta.dirname, file);

const tiers = {
  // Thousands of proofs and signatures in one test of the log: a busy machine takes its time over them.
  test: {
    testMatch: ['**/*.spec.ts'],
    testPathIgnorePatterns: ['/dist/', '\\.int\\.spec\\.ts$', '\\.e2e\\.spec\\.ts$', '\\.engine\\.spec\\.ts$'],
    testTimeout: 120_000,
    runner: at('infra/local/test-run/native/runner.mjs'),
  },
  int: {
    testMatch: ['**/*.int.spec.ts'],
    testPathIgnorePatterns: ['/dist/'],
    testTimeout: 60_000,
    runner: at('infra/local/test-run/native/runner.mjs'),
    globalSetup: at('infra/local/test-run/shared-postgres.mjs'),
    globalTeardown: at('infra/local/test-run/stop-shared-postgres.mjs'),
  },
  e2e: {
    testMatch: ['**/*.e2e.spec.ts'],
    testPathIgnorePatterns: ['/dist/'],
    testTimeout: 180_000,
    runner: at('infra/local/test-run/native/runner.mjs'),
    globalSetup: at('test/browser/global-setup.mjs'),
    globalTeardown: at('test/browser/global-teardown.mjs'),
  },
  engine: { testMatch: ['**/*.engine.spec.ts'], testPathIgnorePatterns: ['/dist/'], testTimeout: 180_000 },
};

export default {
  testEnvironment: 'node',
  ...tiers[process.env.BRAIN_TEST_TIER ?? 'test'],
  extensionsToTreatAsEsm: ['.ts'],
  testEnvironmentOptions: { customExportConditions: ['@brain/source', 'node', 'node-addons'] },
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': ['$1.ts', '$1.js'] },
  transform: { '^.+\\.ts$': ['@swc/jest', swcOptions] },
};

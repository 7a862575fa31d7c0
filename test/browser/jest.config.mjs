import preset from '../../jest.preset.mjs';

const shared = { globalSetup: '<rootDir>/global-setup.mjs', globalTeardown: '<rootDir>/global-teardown.mjs' };

export default {
  ...preset,
  displayName: 'test-browser',
  rootDir: import.meta.dirname,
  ...(process.env.BRAIN_TEST_TIER === 'e2e' ? shared : {}),
};

import preset from '../../jest.preset.mjs';

export default { ...preset, displayName: 'test-e2e', rootDir: import.meta.dirname };

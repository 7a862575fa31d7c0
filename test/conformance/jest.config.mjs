import preset from '../../jest.preset.mjs';

export default { ...preset, displayName: 'test-conformance', rootDir: import.meta.dirname };

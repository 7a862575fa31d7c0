import preset from '../../jest.preset.mjs';

export default { ...preset, displayName: 'test-benchmarks', rootDir: import.meta.dirname };

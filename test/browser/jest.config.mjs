import preset from '../../jest.preset.mjs';

export default { ...preset, displayName: 'test-browser', rootDir: import.meta.dirname };

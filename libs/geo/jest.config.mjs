import preset from '../../jest.preset.mjs';

export default { ...preset, displayName: 'geo', rootDir: import.meta.dirname };

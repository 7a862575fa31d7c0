import preset from '../../jest.preset.mjs';

export default { ...preset, displayName: 'grid-registry', rootDir: import.meta.dirname };

import preset from '../../jest.preset.mjs';

export default { ...preset, displayName: 'operations-dashboard', rootDir: import.meta.dirname };

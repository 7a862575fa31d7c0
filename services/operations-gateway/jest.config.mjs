import preset from '../../jest.preset.mjs';

export default { ...preset, displayName: 'operations-gateway', rootDir: import.meta.dirname };

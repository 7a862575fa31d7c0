import preset from '../../jest.preset.mjs';

export default { ...preset, displayName: 'case-management', rootDir: import.meta.dirname };

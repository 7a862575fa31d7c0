import preset from '../../jest.preset.mjs';

export default { ...preset, displayName: 'staff-evaluation', rootDir: import.meta.dirname };

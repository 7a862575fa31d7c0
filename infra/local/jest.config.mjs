import preset from '../../jest.preset.mjs';

export default { ...preset, displayName: 'local', rootDir: import.meta.dirname };

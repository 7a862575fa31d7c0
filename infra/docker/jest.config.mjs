import preset from '../../jest.preset.mjs';

export default { ...preset, displayName: 'docker', rootDir: import.meta.dirname };

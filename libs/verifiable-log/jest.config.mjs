import preset from '../../jest.preset.mjs';

export default { ...preset, displayName: 'verifiable-log', rootDir: import.meta.dirname };

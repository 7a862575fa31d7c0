import preset from '../../jest.preset.mjs';

export default { ...preset, displayName: 'alerting', rootDir: import.meta.dirname };

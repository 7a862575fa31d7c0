import preset from '../../jest.preset.mjs';

export default { ...preset, displayName: 'time-series', rootDir: import.meta.dirname };

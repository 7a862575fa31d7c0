import preset from '../../jest.preset.mjs';

export default { ...preset, displayName: 'sensor-ingestion', rootDir: import.meta.dirname };

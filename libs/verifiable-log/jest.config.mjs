import preset from '../../jest.preset.mjs';

// Thousands of proofs and signatures in a test: a busy machine takes its time over them.
export default { ...preset, displayName: 'verifiable-log', rootDir: import.meta.dirname, testTimeout: 120_000 };

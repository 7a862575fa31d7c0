import { provision } from './provision/provision.js';
import { loadProvisionConfig } from './provision/provision-config.js';

// A job: it ends when all is in place, and whoever runs it tries again when it could not.
try {
  await provision(loadProvisionConfig(process.env), (line) => process.stdout.write(`${line}\n`));
} catch (error) {
  process.stderr.write(`provision: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}

// One Jest for the sources of all projects. From the root: node infra/local/run-tests.mjs [project …]
import path from 'node:path';
import preset from './jest.preset.mjs';
import { listProjects } from './infra/local/test-run/projects.mjs';

const root = import.meta.dirname;

export default { ...preset, rootDir: root, roots: listProjects(root).map(({ folder }) => path.join(root, folder, 'src')) };

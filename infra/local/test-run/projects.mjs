// @ts-check
// The workspace's projects, and which of them a command line means.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';

/** @typedef {{ folder: string, name: string, packageName: string, tags: readonly string[] }} Project */

const GROUPS = ['libs', 'services', 'dashboards', 'infra', 'test'];

/**
 * Every folder that is an npm workspace with sources.
 * @param {string} root
 * @returns {Project[]}
 */
export function listProjects(root) {
  return GROUPS.flatMap((group) =>
    readdirSync(path.join(root, group))
      .map((name) => ({ name, folder: `${group}/${name}` }))
      .filter(({ folder }) => existsSync(path.join(root, folder, 'package.json')) && existsSync(path.join(root, folder, 'src')))
      .map((project) => ({ ...project, ...packageOf(path.join(root, project.folder)) })),
  );
}

/**
 * A project is given by its folder, the last part of it, or the name of its package.
 * @param {readonly Project[]} projects
 * @param {readonly string[]} wanted
 * @returns {{ selected: readonly Project[], unknown: readonly string[] }}
 */
export function selectProjects(projects, wanted) {
  const selected = wanted.map((text) => projects.find((project) => isMeant(project, text)));
  return {
    selected: wanted.length === 0 ? projects : projects.filter((project) => selected.includes(project)),
    unknown: wanted.filter((_, index) => selected[index] === undefined),
  };
}

/**
 * The tier of a test is in the name of its file.
 * @param {string} root
 * @param {readonly Project[]} projects
 * @param {'test' | 'int' | 'e2e'} tier
 */
export function haveTests(root, projects, tier) {
  return projects.some(({ folder }) => readdirSync(path.join(root, folder, 'src'), { recursive: true, encoding: 'utf8' }).some((file) => tierOf(file) === tier));
}

/** @param {string} file */
function tierOf(file) {
  const [, kind] = /(?:\.(int|e2e|engine))?\.spec\.ts$/.exec(file) ?? [null, null];
  return kind === null ? undefined : (kind ?? 'test');
}

/**
 * @param {Project} project
 * @param {string} text
 */
function isMeant({ folder, name, packageName }, text) {
  return [folder, name, packageName].includes(text.replace(/^\.\//, '').replace(/\/+$/, ''));
}

/** @param {string} folder */
function packageOf(folder) {
  const { name, nx } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
  return { packageName: name, tags: nx?.tags ?? [] };
}

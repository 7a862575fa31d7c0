// Loads services' own configurations, as their containers would, and tells what they say. Input on stdin:
// {"<container>": {"program": "<service>", "environment": {"NAME": "value"}}};
// output: {"<container>": {"problems": [], "unknown": []}}. Needs the services built.
import { text } from 'node:stream/consumers';

const given = JSON.parse(await text(process.stdin));
const answers = {};
for (const [container, { program, environment }] of Object.entries(given)) {
  const { loadConfig } = await import(new URL(`../../services/${program}/dist/config.js`, import.meta.url).href);
  const unknown = Object.keys(environment).filter((name) => !isKnown(loadConfig, environment, name));
  answers[container] = { problems: problemsOf(loadConfig, environment), unknown };
}
process.stdout.write(JSON.stringify(answers));

function problemsOf(loadConfig, environment) {
  try {
    loadConfig(environment);
    return [];
  } catch (error) {
    return error.problems ?? [String(error)];
  }
}

/** A variable may come as a file too, but not both ways: only one that is read complains. */
function isKnown(loadConfig, environment, name) {
  const complains = (variable) =>
    problemsOf(loadConfig, { ...environment, [variable]: 'value', [`${variable}_FILE`]: '/dev/null' }).some(
      (line) => line.startsWith(`${variable}_FILE: `) && line.includes(' is set too'),
    );
  return complains(name) || (name.endsWith('_FILE') && complains(name.slice(0, -'_FILE'.length)));
}

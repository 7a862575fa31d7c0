import { describe, expect, it } from '@jest/globals';
import { selectProjects } from '../../test-run/projects.mjs';

const geo = { folder: 'libs/geo', name: 'geo', packageName: '@brain/geo', tags: [] };
const alerting = { folder: 'services/alerting', name: 'alerting', packageName: '@brain/alerting', tags: [] };

describe('selectProjects', () => {
  const { selected: all } = selectProjects([geo, alerting], []);

  it('takes all projects when none is asked for', () => {
    expect(all).toEqual([geo, alerting]);
  });

  it.each(['services/alerting', 'services/alerting/', './services/alerting', 'alerting', '@brain/alerting'])('takes %s for a project', (text) => {
    expect(selectProjects([geo, alerting], [text])).toEqual({ selected: [alerting], unknown: [] });
  });

  it('takes several, each once', () => {
    expect(selectProjects([geo, alerting], ['alerting', 'geo', 'libs/geo']).selected).toEqual([geo, alerting]);
  });

  it('says which it does not know', () => {
    expect(selectProjects([geo, alerting], ['geo', 'moon']).unknown).toEqual(['moon']);
  });
});

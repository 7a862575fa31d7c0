import { describe, expect, it } from '@jest/globals';
import { PositionCommits } from './position-commits.js';

type Answer = { resolve: () => void; reject: (error: Error) => void };

describe('positions that are not committed yet', () => {
  it('are told once, the newest of each partition', async () => {
    const told: [number, number][][] = [];
    const commits = new PositionCommits((positions) => {
      told.push([...positions]);
      return Promise.resolve();
    });
    commits.advance(0, 1);
    commits.advance(1, 7);
    commits.advance(0, 2);
    await commits.flush();
    await commits.flush();
    expect(told).toEqual([[[0, 2], [1, 7]]]);
  });

  it('wait for the next time when they are not taken, and never come after newer ones', async () => {
    const told: number[] = [];
    const answers: Answer[] = [];
    const commits = new PositionCommits((positions) => {
      told.push(positions.get(0) ?? -1);
      return new Promise((resolve, reject) => answers.push({ resolve, reject }));
    });
    const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
    commits.advance(0, 5);
    const first = commits.flush();
    await turn();
    commits.advance(0, 6);
    const second = commits.flush();
    await turn();
    expect(told).toEqual([5]);
    answers[0]?.reject(new Error('away'));
    await expect(first).rejects.toThrow('away');
    await turn();
    answers[1]?.resolve();
    await second;
    expect(told).toEqual([5, 6]);
  });
});

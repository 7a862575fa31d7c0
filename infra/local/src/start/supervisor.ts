import type { StorageNotice } from '@brain/service-kit';
import { SupervisedProcess, type ChildSpec, type Supervision } from './child-process.js';
import type { DataFolder } from './data-folder.js';
import type { LogFile } from './log-file.js';
import { ProcessList } from './process-list.js';
import { storageLine, StorageWatch } from './storage-watch.js';

/** The processes of one start, and the disk that all of them write to. */
export class Supervisor implements Supervision {
  readonly processes: SupervisedProcess[] = [];
  readonly list: ProcessList;
  readonly onLogChange = (): void => this.watch.look();
  private readonly logs: LogFile[] = [];
  private readonly watch: StorageWatch;

  constructor(
    folder: DataFolder,
    readonly say: (line: string) => void,
  ) {
    this.list = new ProcessList(folder.processes);
    const logs = () => ({
      isFailing: this.logs.some(({ failure }) => failure !== undefined),
      dropped: this.logs.reduce((sum, { dropped }) => sum + dropped, 0),
    });
    this.watch = new StorageWatch(folder.root, logs, (notice, before) => this.tell(notice, before));
    this.watch.look();
  }

  /** A process that is not started yet. */
  add(spec: ChildSpec): SupervisedProcess {
    const made = new SupervisedProcess(spec, this);
    this.processes.push(made);
    this.watchLog(made.log);
    if (this.watch.last !== undefined) made.tell(this.watch.last);
    return made;
  }

  watchLog(log: LogFile): void {
    this.logs.push(log);
  }

  async stop(): Promise<void> {
    this.watch.stop();
    await Promise.all(this.processes.map((one) => one.stop()));
  }

  private tell(notice: StorageNotice, before: StorageNotice | undefined): void {
    const line = storageLine(before, notice);
    if (line !== undefined) this.say(line);
    for (const one of this.processes) one.tell(notice);
  }
}

import { EVENT_TITLES } from '@brain/contracts';
import { PACKAGE, type EvidenceManifest } from '@brain/verifiable-log';
import type { CaseOutline } from './case-outline.js';
import { MOST_LINES, type EvidenceSummary } from './evidence-summary.js';
import { html, type Html } from './html.js';
import { nameOf, textIn, type ToldEvent } from './told-event.js';
import type { ToldEvaluation } from './told-evaluation.js';
import { ABOUT_WORDS, ACTOR_WORDS, FIELD_WORDS, STATE_WORDS, type Words } from './words.js';

const STYLE = html`<style>
body { font: 15px/1.5 EvidenceSansSC, system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans SC", "Noto Sans CJK SC", sans-serif; margin: 2rem auto; max-width: 72rem; padding: 0 1rem; color: #1a1a1a; background: #fff }
table { border-collapse: collapse; width: 100%; margin: .5rem 0 1.5rem }
th, td { border: 1px solid #ccc; padding: .3rem .5rem; text-align: left; vertical-align: top; overflow-wrap: anywhere }
th { background: #f2f2f2 } small, .en { color: #555 } code { font-size: .85em } dt { font-weight: 600 } dd { margin: 0 0 .3rem }
</style>`;

export interface SummaryPage {
  readonly manifest: Omit<EvidenceManifest, 'files'>;
  readonly summary: EvidenceSummary;
  readonly nameOfPerson: (id: string) => string;
}

/** The package in plain words, in both languages. It stands alone: no script, nothing from elsewhere. */
export function summaryPage(page: SummaryPage): string {
  const { manifest: { asked }, summary } = page;
  return html`<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; font-src data:">
<title>${ABOUT_WORDS[asked.about].join(' · ')}</title>${STYLE}</head><body>
<h1>${both(ABOUT_WORDS[asked.about])}</h1>
${question(page)}${casesTable(page)}${summary.evaluations.map((one) => evaluation(one, page))}${timeline(page)}${proof(page)}
</body></html>
`.text;
}

function question({ manifest: { asked, events, attachments }, summary, nameOfPerson }: SummaryPage): Html {
  const period = asked.from === undefined ? undefined : html`<dt>${both(['时间范围', 'Period'])}</dt><dd>${asked.from} – ${asked.to}</dd>`;
  return html`<dl><dt>${both(['对象', 'About'])}</dt><dd>${asked.about === 'person' ? nameOfPerson(asked.id) : ''} <code>${asked.id}</code></dd>${period}
<dt>${both(['事件', 'Events'])}</dt><dd>${events.count} (${summary.first} – ${summary.last})</dd>
<dt>${both(['因超出申请人辖区而未提供的事件', 'Events withheld: outside the areas of who asked'])}</dt><dd>${events.withheld}</dd>
<dt>${both(['附件', 'Attached files'])}</dt><dd>${attachments.length}</dd>
<dt>${both(['申请人与时间', 'Asked by, at'])}</dt><dd><code>${asked.by}</code>, ${asked.at}</dd></dl>
<p><small>${both(['时间均为协调世界时 (UTC)。', 'All times are UTC.'])}</small></p>`;
}

function casesTable({ summary: { cases }, nameOfPerson }: SummaryPage): Html | undefined {
  if (cases.size === 0) return undefined;
  const row = (one: CaseOutline): Html => html`<tr><td>${one.number ?? one.caseId}</td><td>${one.title}</td><td>${one.areaCode ?? ''}</td><td>${both(STATE_WORDS[one.state] ?? [one.state, one.state])}</td>
<td>${one.assignee === undefined ? '' : nameOfPerson(one.assignee)}</td><td>${one.openedAt}</td><td>${one.dueAt}</td><td>${one.closedAt}</td><td>${both(deadlineWords(one))}</td></tr>`;
  return html`<h2>${both(['案件', 'Cases'])} (${cases.size})</h2><table><tr>${heads([['编号', 'Number'], ['标题', 'Title'], ['区域', 'Area'], ['状态', 'State'], ['处置人', 'Assignee'], ['上报', 'Opened'], ['时限', 'Due'], ['结案', 'Closed'], ['是否按期', 'Deadline']])}</tr>${[...cases.values()].map(row)}</table>`;
}

function deadlineWords({ onTime, overdue }: CaseOutline): Words {
  if (onTime === true) return ['按期结案', 'met'];
  if (onTime === false) return ['超期结案', 'missed'];
  return overdue ? ['已超期', 'passed, still open'] : ['未到期或未结案', 'open'];
}

function evaluation({ schemeId, schemeVersion, from, to, asOf, areaCodes, scores }: ToldEvaluation, { summary: { cases } }: SummaryPage): Html {
  const evidence = scores.map(({ name, evidence: counted }) => html`<details><summary>${name} (${counted.length})</summary><ul>${counted.map(
    ({ caseId, eventId, counted: yes }) => html`<li>${cases.get(caseId)?.number ?? caseId}: ${both(yes ? ['计入', 'counted'] : ['未计入', 'not counted'])} <code>${eventId}</code></li>`,
  )}</ul></details>`);
  return html`<h2>${both(['评价', 'Evaluation'])} ${schemeId} v${schemeVersion}</h2><p>${from} – ${to}, ${both(['截至', 'as of'])} ${asOf}; ${both(['区域', 'areas'])}: ${areaCodes.join(', ')}</p>
<table><tr>${heads([['人员', 'Person'], ['指标', 'Indicator'], ['得分', 'Value'], ['分子/分母', 'Counted of'], ['95% 区间', '95 % interval']])}</tr>${scores.map(
    ({ name, indicator, value, numerator, denominator, interval }) =>
      html`<tr><td>${name}</td><td>${indicator}</td><td>${value === null ? both(['样本不足', 'not enough cases']) : percent(value)}</td><td>${numerator} / ${denominator}</td><td>${interval?.map(percent).join(' – ')}</td></tr>`,
  )}</table><h3>${both(['依据', 'Evidence'])}</h3>${evidence}`;
}

function timeline({ summary, nameOfPerson, manifest: { events } }: SummaryPage): Html {
  const more = events.count > MOST_LINES ? html`<p>${both([`此处列出前 ${MOST_LINES} 条，其余见 events/。`, `The first ${MOST_LINES} are shown; the rest is in events/.`])}</p>` : undefined;
  const who = ({ actor }: ToldEvent): Html => {
    const words = ACTOR_WORDS[actor.type];
    return words === undefined ? html`${nameOfPerson(actor.id)}` : html`${both(words)} ${actor.id}`;
  };
  const row = (event: ToldEvent): Html => html`<tr><td>${event.time}</td><td>${both(titleOf(event))}</td><td>${who(event)}</td><td>${factsOf(event, nameOfPerson)}</td>
<td><a href="${PACKAGE.event(event.eventId)}">${event.index}</a></td></tr>`;
  return html`<h2>${both(['经过', 'What happened'])}</h2>${more}<table><tr>${heads([['时间', 'Time'], ['事件', 'Event'], ['操作者', 'Who'], ['内容', 'What'], ['日志序号', 'Place in the log']])}</tr>${summary.lines.map(row)}</table>`;
}

function factsOf({ data }: ToldEvent, nameOfPerson: (id: string) => string): readonly Html[] {
  return Object.entries(FIELD_WORDS).flatMap(([field, words]) => {
    const value = typeof data[field] === 'boolean' ? (data[field] ? '是 yes' : '否 no') : typeof data[field] === 'number' ? String(data[field]) : textIn(data, field);
    if (value === undefined) return [];
    return [html`<div>${both(words)}: ${['assignee', 'performedBy'].includes(field) ? nameOfPerson(value) : value}</div>`];
  });
}

function proof({ manifest: { origin, treeSize, root, keyIds } }: SummaryPage): Html {
  return html`<h2>${both(['可以证明什么', 'What is proven'])}</h2>
<p>${both([
    '每个事件（events/）都附有在该检查点的日志中的证明（proofs/）。个人信息在事件中是密文，密文已被证明；readable/ 与本页中的明文是系统的陈述，由日志密钥在 manifest.note 中签名，但不能由密文验证，因为出示密钥会泄露该人的其他信息。',
    'Every event (events/) comes with the proof (proofs/) that it is in the log at this checkpoint. Personal values are encrypted in the events, and it is the ciphertext that is proven. Their readable text in readable/ and on this page is the statement of the system, signed with the key of the log in manifest.note; it cannot be checked against the ciphertext, because the key for that would open everything else about the person.',
  ])}</p>
<p>${both(['离线验证：安装 Node 20.19 以上版本，解压后运行', 'To verify offline: unpack, and with Node 20.19 or newer run'])} <code>node verifier.mjs --package . &lt;vkey&gt;</code></p>
<dl><dt>${both(['日志', 'Log'])}</dt><dd>${origin}, ${treeSize}</dd><dt>${both(['树根', 'Root'])}</dt><dd><code>${root}</code></dd><dt>${both(['密钥', 'Keys'])}</dt><dd><code>${keyIds.join(', ')}</code></dd></dl>`;
}

function titleOf(event: ToldEvent): Words {
  const [zh, en]: readonly Readonly<Record<string, string>>[] = [EVENT_TITLES['zh-CN'], EVENT_TITLES.en];
  const name = nameOf(event);
  return [zh?.[name] ?? event.type, en?.[name] ?? event.type];
}

function heads(words: readonly Words[]): readonly Html[] {
  return words.map((one) => html`<th>${both(one)}</th>`);
}

function both([zh, en]: Words): Html {
  return html`${zh} <span class="en" lang="en">${en}</span>`;
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}
